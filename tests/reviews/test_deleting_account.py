"""A member deletes their account: nothing of it is left, nobody else loses anything, and nobody passes for them."""

from datetime import date, timedelta
from functools import partial
from io import BytesIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.actions import change_username, refuse_taken_username, set_avatar
from accounts.models import RetiredName, User
from films.models import Film
from reviews import transparency
from reviews.actions.departing import delete_account, take_up_departures
from reviews.actions.erasing import erase_account
from reviews.actions.favourites import choose_favourites
from reviews.actions.filling import add_film
from reviews.actions.moderating import remove_text
from reviews.actions.reviewing import like_review
from reviews.models import Case, Comment, Decision, Departure, ListEntry, Report, Review
from tests import make, staff
from tests.base import all_at_once, png
from tests.cast import Cast
from tests.tallies import wrong_tallies
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db
WORD = "zqword"


@pytest.fixture
def leaver(cast: Cast) -> User:
    """Somebody who has a little of everything, all of it with the same word in it."""
    member = make.member(username="zqleaver", display_name=f"{WORD} Leaver", bio=WORD, password=make.PASSWORD)
    change_username(member=member, username="zqsecond")
    make.confirmed_address(member)
    film = make.film(title="Baby Driver", year=2017)
    mine = make.review(
        member=member, film=film, body=f"{WORD} it is", tags=(WORD,), stars=4.5, watched_on=date(2024, 1, 28)
    )
    make.review(member=member, body=f"{WORD} not yet", draft=True)
    make.mark(member=member, film=make.film(), stars=2, liked=True)
    make.comment(member=cast.bea, review=mine, body="Under somebody's review")
    theirs = make.review(member=cast.bea, body="I agree with @zqsecond")
    like_review(member=member, review=theirs)
    said = make.comment(member=member, review=theirs, body=f"{WORD} I say")
    make.comment(member=cast.fay, review=theirs, reply_to=said, body="An answer of somebody else")
    make.film_list(member=member, title=f"{WORD} list", films=[film], notes=WORD)
    shared = make.film_list(member=cast.bea, title="Of us two")
    make.helper(film_list=shared, member=member)
    add_film(member=member, film_list=shared, film=film, note=f"{WORD} there")
    choose_favourites(member=member, films=[film])
    make.token(member=member, name=WORD)
    make.evening(host=member, name=WORD)
    make.report(member=member, text=cast.fay, message="Please look")
    removed = make.review(member=member, body=f"{WORD} watches")
    remove_text(moderator=staff.moderator(), text=removed, rule="spam", reason=f"{WORD} sells")
    make.export(member=member)
    set_avatar(member=member, file=BytesIO(png(300, 300)))
    return member


def everything_that_says(word: str) -> set[str]:
    """The tables with a row in which it stands, in whatever column."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {name} t WHERE t::text ILIKE %s)", [f"%{word}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_nothing_is_left_and_nobody_else_loses_a_word(cast: Cast, leaver: User, django_capture_on_commit_callbacks):
    figures = transparency.counted()
    picture = f"{leaver.avatar_key}/104.webp"
    assert default_storage.exists(picture)
    assert {"reviews_review", "reviews_comment", "accounts_user", "reviews_listentry"} <= everything_that_says(WORD)
    with django_capture_on_commit_callbacks(execute=True):
        departure = delete_account(member=leaver)
    assert not default_storage.exists(picture)
    # At once, before the job has run, it is nowhere to be seen.
    assert not Review.objects.visible_to(cast.bea).filter(body__contains=WORD).exists()
    assert everything_that_says("zqsecond") == {"reviews_review"}  # as Bea wrote it
    assert everything_that_says("zqleaver") == {"reviews_departure"}  # for the last mail
    assert wrong_tallies() == []

    erase_account(departure.pk)
    erase_account(departure.pk)
    assert everything_that_says(WORD) == set()
    assert everything_that_says("zqleaver") == set()
    assert everything_that_says("zqsecond") == {"reviews_review"}
    assert not User.objects.filter(pk=leaver.pk).exists()
    assert wrong_tallies() == []
    assert [letter.to for letter in mail.outbox if "is deleted" in letter.subject] == [["zqleaver@example.org"]]

    about_bea = Review.objects.get(member=cast.bea)
    assert "@zqsecond" in about_bea.body and "<a" not in about_bea.body_html
    answer = Comment.objects.get(member=cast.fay)
    assert (answer.body, answer.reply_to) == ("An answer of somebody else", None)
    entry = ListEntry.objects.get(film_list__title="Of us two")
    assert (entry.film.title, entry.note, entry.note_html) == ("Baby Driver", "", "")
    kept = Decision.objects.get()
    assert (kept.kind, kept.member, kept.excerpt, kept.reason) == ("remove", None, "", "")
    assert Report.objects.get().reporter is None and Case.objects.open().exists()
    departure.refresh_from_db()
    assert (departure.reviews, departure.comments, departure.address) == (2, 1, "")
    assert transparency.counted().kinds == figures.kinds
    assert Film.objects.get(title="Baby Driver").rating_count == 0


def test_words_that_are_reported_stay_without_a_name_until_moderators_have_decided(cast: Cast):
    text = make.review(member=cast.ana, film=make.film(title="Clockers"), body="I will come to your house")
    make.report(member=cast.bea, text=text)
    erase_account(delete_account(member=cast.ana).pk)
    case = Case.objects.open().get()
    assert case.quotation.words == "I will come to your house" and case.quotation.member is None
    eli = staff.logged_in(staff.moderator())
    assert "I will come to your house" in eli.get(staff.page_of(case)).content.decode()
    assert Departure.objects.get().open_cases == 1
    assert "Account" in eli.get("/admin/reviews/departure/").content.decode()


def test_the_page_says_what_goes_and_takes_no_slip(cast: Cast, leaver: User):
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.force_login(leaver)
    assert here.get("/accounts/data/deletion/")["Location"].startswith("/accounts/reauthenticate/")
    log_in_afresh(here)
    page = here.get("/accounts/data/deletion/").content.decode()
    assert "3 reviews, drafts included" in page and "1 comment of somebody else" in page
    refused = here.post("/accounts/data/deletion/", {"username": "somebody"})
    assert refused.status_code == 422 and "Nothing is deleted" in refused.content.decode()
    assert 'value="somebody"' in refused.content.decode() and User.objects.filter(username="zqsecond").exists()

    gone = here.post("/accounts/data/deletion/", {"username": "@ZQsecond"}, follow=True)
    assert "Your account is deleted" in gone.content.decode()
    for client in (here, elsewhere):
        assert client.get("/accounts/data/")["Location"].startswith("/accounts/login/")
    for name in ("zqsecond", "zqleaver"):
        assert Client().get(f"/members/{name}/").status_code == 404
        with pytest.raises(ValidationError):
            refuse_taken_username(name.upper())
    login = Client().post("/accounts/login/", {"login": "zqsecond", "password": make.PASSWORD})
    assert login.status_code != 302
    assert RetiredName.objects.count() == 2
    Departure.objects.update(left_at=timezone.now() - timedelta(hours=1))
    take_up_departures()  # its job waits already
    erase_account(Departure.objects.get().pk)
    assert Client().get("/members/zqsecond/").status_code == 404


def test_an_administrator_deletes_an_account_in_the_same_way(cast: Cast, leaver: User):
    boss = staff.logged_in(staff.administrator())
    assert "Comments of others under them: 1" in boss.get(f"/admin/accounts/user/{leaver.pk}/delete/").content.decode()
    assert boss.post(f"/admin/accounts/user/{leaver.pk}/delete/", {"post": "yes"}).status_code == 302
    erase_account(Departure.objects.get(account=leaver.pk).pk)
    assert not User.objects.filter(pk=leaver.pk).exists()
    assert Comment.objects.get(member=cast.fay).reply_to is None
    assert everything_that_says("zqsecond") == {"reviews_review"}


def test_the_last_administrator_stays(cast: Cast):
    boss = make.member(username="boss", is_staff=True, is_superuser=True, password=make.PASSWORD)
    client = Client()
    client.force_login(boss)
    log_in_afresh(client)
    answer = client.post("/accounts/data/deletion/", {"username": "boss"})
    assert answer.status_code == 422 and "the only administrator" in answer.content.decode()
    make.member(username="asleep", is_superuser=True, is_active=False)
    with pytest.raises(ValidationError):
        delete_account(member=boss)
    make.member(username="second", is_superuser=True)
    erase_account(delete_account(member=boss).pk)
    assert set(User.objects.filter(is_superuser=True, is_active=True).values_list("username", flat=True)) == {"second"}


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_deleted_twice_at_once_is_deleted_once():
    member = make.member()
    make.review(member=member)
    assert all_at_once([partial(delete_account, member=User.objects.get(pk=member.pk)) for _number in range(3)]) == []
    assert Departure.objects.filter(account=member.pk).count() == 1
    assert not Review.objects.visible_to(make.member()).exists()
