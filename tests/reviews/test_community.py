"""manage.py make_community: a site of any size, made by seed."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from accounts.models import User
from films.actions.ranking import KEPT, wrong_keys
from films.models import Film, Person, Word
from films.search import search_text_of
from reviews.actions.keying import MEMBERS
from reviews.actions.reviewing import like_review
from reviews.integrity import TALLIES, differences
from reviews.markup import render
from reviews.models import Activity, Comment, FilmList, Mark, Notification, Review, ReviewLike, Viewing, Visibility
from reviews.models.activity import ABOUT_OTHERS
from reviews.seed.community.making import TABLES, Making
from reviews.seed.community.sizes import Sizes
from reviews.telling import lines_of
from tests import make

SIZES = Sizes(films=120, people=100, members=40, ratings=1_100, reviews=60, seed=7, day=date(2026, 6, 1))


def silent(step: str) -> None:
    """Progress goes nowhere."""


def schema() -> list[str]:
    """Every index, constraint and trigger of the tables that are filled."""
    with connection.cursor() as cursor:
        names = [model._meta.db_table for model in TABLES]
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = ANY(%s::regclass[])", [names])
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = ANY(%s::regclass[])", [names]
        )
        rows += cursor.fetchall()
        cursor.execute(
            "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal AND tgrelid = ANY(%s::regclass[])", [names]
        )
        return sorted(map(str, rows + cursor.fetchall()))


@pytest.fixture
def before(db):
    return schema()


@pytest.fixture
def made(before):
    Making(SIZES, silent).make()


def test_it_makes_what_was_asked_for_and_every_stored_number_is_right(before, made):
    assert Film.objects.count() == 120 and Person.objects.count() == 100 and User.objects.count() == 40
    assert Mark.objects.rated().count() == 1_100 and Review.objects.count() == 60
    assert [list(differences(tally)) for tally in TALLIES] == [[] for _tally in TALLIES]
    assert [list(wrong_keys(kept)) for kept in (*KEPT, MEMBERS)] == [[] for _kept in (*KEPT, MEMBERS)]
    ratings = sorted(Film.objects.values_list("rating_count", flat=True))
    assert ratings[-1] > 3 * ratings[60] > 0, "a few films have most of the ratings"
    assert min(m.objects.count() for m in (Viewing, Comment, FilmList, Word)) > 0
    assert schema() == before


def test_what_it_writes_is_what_the_site_would_have_written(made):
    for review in Review.objects.all():
        rendered = render(review.body)
        assert (review.body_html, review.excerpt) == (rendered.html, rendered.excerpt)
    assert all(film.search_text == search_text_of(film) for film in Film.objects.all()[:40])
    assert not User.objects.exclude(password__startswith="!").exists(), "nobody can log in"
    told = Activity.objects.filter(kind=Activity.Kind.REVIEWED).values_list("review", flat=True)
    assert set(told) == set(Review.objects.published().values_list("pk", flat=True))
    own = Activity.objects.exclude(kind__in=ABOUT_OTHERS)
    before = dict(own.values_list("pk", "visibility"))
    own.update(visibility=Visibility.PRIVATE)  # in vain: a trigger keeps them in step with what they are about
    assert dict(own.values_list("pk", "visibility")) == before
    of_essays = {Activity.Kind.WROTE_ESSAY, Activity.Kind.LIKED_ESSAY}  # invented members write none
    assert set(Activity.objects.values_list("kind", flat=True)) == set(Activity.Kind.values) - of_essays


def test_members_were_told_what_others_did(made):
    told = Notification.objects.all()
    assert set(told.values_list("kind", flat=True)) == {"follow", "review_liked", "list_liked", "comment", "reply"}
    assert not told.filter(member=F("actor")).exists() and not told.exclude(mailing="never").exists()
    for member in User.objects.active():
        assert all(line.text and line.url for line in lines_of(told.visible_to(member).with_line()))
    like = told.filter(kind="review_liked", review__published_at__isnull=False).first()
    before = told.count()
    ReviewLike.objects.filter(member=like.actor, review=like.review).delete()
    like_review(member=like.actor, review=like.review)
    assert told.count() == before, "whoever was told of something is not told again"


def test_the_same_seed_and_day_make_the_same_site(db):
    one, other = _made_and_taken_back(), _made_and_taken_back()
    assert one == other and all(one)
    assert Film.objects.count() == 0, "what is interrupted leaves nothing behind"


def _made_and_taken_back() -> list[list[tuple]]:
    sizes = Sizes(films=30, people=30, members=12, ratings=80, reviews=8, seed=3, day=date(2026, 6, 1))
    with transaction.atomic():
        Making(sizes, silent).make()
        films = Film.objects.order_by("pk").values_list("title", "search_text", "rating_sum", "popularity_year")
        kept = [list(model.objects.order_by("pk").values_list()) for model in (User, Mark, Review, FilmList)]
        lines = Activity.objects.order_by("pk").values_list("member", "kind", "film", "visibility", "created_at")
        kept += [list(films), list(lines)]
        transaction.set_rollback(True)
        return kept


def test_it_refuses_a_site_with_members_and_changes_nothing(db):
    member = make.member()
    with pytest.raises(CommandError, match="This site has members already"):
        call_command("make_community", films=20, members=10, ratings=20)
    with pytest.raises(CommandError, match="Somebody has the name"):
        call_command("make_community", films=20, members=10, ratings=20, beside=True, demo=member.username)
    assert User.objects.count() == 1 and Film.objects.count() == 0


def test_a_demo_is_somebody_who_can_log_in(db, client, capsys):
    call_command("make_community", films=30, people=30, members=12, ratings=80, demo="guest_of_honour")
    said = capsys.readouterr().out
    password = said.split(" with ")[1].split()[0].removesuffix(".")
    assert client.login(username="guest_of_honour", password=password)


def test_beside_members_it_leaves_theirs_as_it_was(db):
    resident, film = make.member(), make.film()
    mark = make.mark(member=resident, film=film, stars=4)
    Making(SIZES, silent).make(beside=True)
    mark.refresh_from_db()
    assert (mark.member, mark.film, mark.half_stars) == (resident, film, 8) and User.objects.count() == 41
    assert [list(differences(tally)) for tally in TALLIES] == [[] for _tally in TALLIES]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"films": -1}, "takes a number from 0"),
        ({"members": 3}, "Ten members are the fewest"),
        ({"films": 10, "members": 10, "ratings": 90}, "at most a quarter"),
        ({"reviews": 90, "ratings": 100}, "one rating in five"),
        ({"films": 0}, "no films here"),
        ({"people": 0}, "Films need people"),
    ],
)
def test_it_says_what_does_not_fit_together(said, words):
    sizes = {name: getattr(SIZES, name) for name in Sizes.__slots__}
    with pytest.raises(ValidationError, match=words):
        Sizes(**sizes | said).check()
