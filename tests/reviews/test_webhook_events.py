"""What programs are told of, what they are told of it, and what they are not told."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.actions import block
from accounts.models import Delivery, Event, User, Webhook
from accounts.webhooks import announcing
from reviews.actions.composing import Composition, delete_essay, write_essay
from reviews.actions.departing import delete_account
from reviews.actions.diary import change_viewing, delete_viewing
from reviews.actions.filling import move_entry, remove_film
from reviews.actions.following import accept_request, choose_privacy, follow_member
from reviews.actions.incidents import open_incident
from reviews.actions.listing import Details, change_list, clone_list, delete_list
from reviews.actions.moderating import remove_text, suspend
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import delete_review, edit_review
from reviews.actions.writing import Writing
from reviews.api.webhooks import FINDS
from tests import make, staff
from tests.reviews.webhooks import asked, heard, names

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def hook(cast) -> Webhook:
    """Ana's, which wants to hear of everything."""
    return make.webhook(member=cast.ana)[0]


def test_the_diary(cast, hook):
    film = make.film(title="Baby Driver")
    line = make.viewing(member=cast.ana, film=film, stars=4, place="The Ritzy")
    said = heard(cast.ana)
    assert names(said) == ["rating.changed", "diary.added"]
    assert said[1][1] == asked(cast.ana, f"diary/{line.pk}/").json()
    assert said[1][1]["place"] == "The Ritzy", "as to its owner"
    change_viewing(member=cast.ana, viewing=line, watched_on=date(2024, 2, 1), rewatch=True, half_stars=8)
    [(event, data)] = heard(cast.ana)
    assert (event, data["watched_on"], data["rewatch"]) == ("diary.changed", "2024-02-01", True)
    number = line.pk
    delete_viewing(member=cast.ana, viewing=line)
    assert heard(cast.ana) == [("diary.deleted", {"id": number, "film": film.slug})]


def test_reviews(cast, hook):
    film = make.film(title="Baby Driver")
    review = make.review(
        member=cast.ana, film=film, body="Loud. >!Buddy falls.!<", stars=4, watched_on=date(2024, 1, 28)
    )
    said = dict(heard(cast.ana))
    assert said.keys() == {"rating.changed", "diary.added", "review.posted"}
    told = said["review.posted"]
    assert told == asked(cast.ana, f"reviews/{review.pk}/").json() and "Buddy falls" in told["body"]
    edit_review(member=cast.ana, review=review, writing=Writing(body="Quick.", half_stars=9))
    said = dict(heard(cast.ana))
    assert said.keys() == {"rating.changed", "diary.deleted", "review.changed"}
    assert (said["review.changed"]["body"], said["rating.changed"]["stars"]) == ("Quick.", 4.5)
    number = review.pk
    delete_review(member=cast.ana, review=review)
    assert heard(cast.ana) == [("review.deleted", {"id": number, "film": film.slug})]


def test_essays(cast, hook):
    essay = make.essay(member=cast.ana, title="Cars that sing", body="Loud. >!Buddy falls.!<", films=[make.film()])
    [(event, told)] = heard(cast.ana)
    assert event == "essay.posted" and "Buddy falls" in told["body"]
    assert told == asked(cast.ana, f"essays/{essay.pk}/").json()
    write_essay(member=cast.ana, essay=essay, composition=Composition(title="Cars that hum", body="Quick."))
    [(event, told)] = heard(cast.ana)
    assert (event, told["title"], told["films"]) == ("essay.changed", "Cars that hum", [])
    number = essay.pk
    delete_essay(member=cast.ana, essay=essay)
    delete_essay(member=cast.ana, essay=essay)
    assert heard(cast.ana) == [("essay.deleted", {"id": number})]


def test_drafts_are_nobodys_business(cast, hook):
    draft = make.review(member=cast.ana, film=make.film(), draft=True)
    delete_review(member=cast.ana, review=draft)
    essay = make.essay(member=cast.ana, draft=True)
    write_essay(member=cast.ana, essay=essay, composition=Composition(title="Cars", body="Loud."), publish=False)
    assert heard(cast.ana) == []
    write_essay(member=cast.ana, essay=essay, composition=Composition(title="Cars", body="Loud."))
    assert names(heard(cast.ana)) == ["essay.posted"], "a draft that appears"
    delete_essay(member=cast.ana, essay=make.essay(member=cast.ana, draft=True))
    assert heard(cast.ana) == []


def test_ratings_and_the_watchlist(cast, hook):
    film = make.film(title="Baby Driver")
    mark_film(member=cast.ana, film=film, in_watchlist=True)
    [(event, data)] = heard(cast.ana)
    assert event == "watchlist.changed" and data["in_watchlist"] and data["film"]["slug"] == film.slug
    assert data == asked(cast.ana, "me/marks/").json()["results"][0]
    mark_film(member=cast.ana, film=film, half_stars=9)
    said = dict(heard(cast.ana))
    assert said.keys() == {"rating.changed", "watchlist.changed"}, "what is seen leaves the watchlist"
    assert (said["rating.changed"]["stars"], said["watchlist.changed"]["in_watchlist"]) == (4.5, False)
    mark_film(member=cast.ana, film=film, half_stars=9)
    mark_film(member=cast.ana, film=film, liked=True)
    assert heard(cast.ana) == []
    mark_film(member=cast.ana, film=film, half_stars=None)
    [(event, data)] = heard(cast.ana)
    assert (event, data["stars"]) == ("rating.changed", None)


def test_a_held_rating_says_so(cast, hook):
    film = make.film()
    for number in range(3):
        make.mark(member=make.member(), film=film, stars=number + 1)
    open_incident(moderator=staff.moderator(), film=film, since=LONG_AGO, end="low")
    mark_film(member=cast.ana, film=film, half_stars=1)
    assert dict(heard(cast.ana))["rating.changed"] == asked(cast.ana, "me/marks/").json()["results"][0]


def test_lists(cast, hook):
    one, two = make.film(), make.film()
    made = make.film_list(member=cast.ana, title="Films that count", films=[one, two])
    [(event, data)] = heard(cast.ana)
    assert event == "list.changed", "what happens in a moment is told once, as it is then"
    assert data == asked(cast.ana, f"lists/{made.pk}/").json() and data["films"] == 2
    change_list(member=cast.ana, film_list=made, details=Details(title="Films that count to four"))
    assert heard(cast.ana)[0][1]["title"] == "Films that count to four"
    move_entry(member=cast.ana, entry=made.entries.get(position=2), by=-1)
    assert names(heard(cast.ana)) == ["list.changed"]
    remove_film(member=make.helper(film_list=made, member=cast.dora), entry=made.entries.get(position=1))
    assert names(heard(cast.ana)) == ["list.changed"], "also what a helper does"
    clone_list(member=cast.ana, film_list=made)
    assert names(heard(cast.ana)) == ["list.changed"]
    number = made.pk
    delete_list(member=cast.ana, film_list=made)
    assert heard(cast.ana) == [("list.deleted", {"id": number})]


def test_followers(cast, hook):
    follow_member(member=cast.fay, other=cast.ana)
    [(event, data)] = heard(cast.ana)
    assert event == "follower.added" and data == asked(cast.ana, "members/fay/").json()
    choose_privacy(member=cast.ana, is_private=True)
    follow_member(member=cast.dora, other=cast.ana)
    follow_member(member=cast.eli, other=cast.ana)
    assert heard(cast.ana) == [], "who asks does not follow yet"
    accept_request(member=cast.ana, other=cast.dora)
    assert [data["username"] for _event, data in heard(cast.ana)] == ["dora"]
    choose_privacy(member=cast.ana, is_private=False)
    assert heard(cast.ana) == [], "who are let in all at once are not told of one by one"
    assert heard(cast.fay) == []


def test_who_is_kept_apart_meanwhile_is_not_told_of(cast, hook):
    follow_member(member=cast.fay, other=cast.ana)
    block(member=cast.ana, other=cast.fay)
    follow_member(member=cast.dora, other=cast.ana)
    User.objects.filter(pk=cast.dora.pk).update(is_active=False)
    assert heard(cast.ana) == [("follower.added", None), ("follower.added", None)]


def test_what_is_gone_or_removed_when_it_would_be_sent_is_not_told(cast, hook):
    film = make.film()
    line, review = make.viewing(member=cast.ana, film=film), make.review(member=cast.ana, film=make.film())
    delete_viewing(member=cast.ana, viewing=line)
    remove_text(moderator=staff.moderator(), text=review, rule="spam", reason="An advertisement.")
    said = heard(cast.ana)
    assert ("diary.added", None) in said
    mine = asked(cast.ana, f"reviews/{review.pk}/")
    assert dict(said)["review.posted"] == (mine.json() if mine.status_code == 200 else None)


def test_nobody_hears_of_others(cast, hook):
    film = make.film()
    bea = make.webhook(member=cast.bea)[0]
    make.review(member=cast.bea, film=film, visibility="private")
    make.film_list(member=cast.bea, films=[film])
    assert heard(cast.ana) == [] and bea.deliveries.count() >= 3
    assert not Delivery.objects.exclude(webhook=bea).exists()


def test_only_what_was_asked_for(cast):
    wanted = make.webhook(member=cast.ana, events=["list.changed"])[0]
    off = make.webhook(member=cast.ana)[0]
    Webhook.objects.filter(pk=off.pk).update(off_at=LONG_AGO, off_because="member")
    make.viewing(member=cast.ana)
    make.film_list(member=cast.ana)
    assert list(Delivery.objects.values_list("webhook", "event")) == [(wanted.pk, "list.changed")]


def test_one_of_two_that_wait_says_it_all_but_not_once_it_is_being_sent(cast, hook):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=2)
    mark_film(member=cast.ana, film=film, half_stars=4)
    assert Delivery.objects.count() == 1
    Delivery.objects.update(attempts=1)  # as whoever sends it has read the row already
    mark_film(member=cast.ana, film=film, half_stars=6)
    assert Delivery.objects.count() == 2


def test_what_is_undone_is_not_told(cast, hook):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        make.viewing(member=cast.ana)
        raise ZeroDivisionError
    assert not Delivery.objects.exists()


def test_so_many_wait_and_no_more(cast, hook, monkeypatch):
    monkeypatch.setattr(announcing, "MOST_WAITING", 3)
    for _number in range(5):
        make.viewing(member=cast.ana, film=make.film())
    assert hook.deliveries.filter(state="waiting").count() == 3
    hook.deliveries.update(state="delivered", due_at=None)
    make.viewing(member=cast.ana, film=make.film())
    assert hook.deliveries.filter(state="waiting").count() == 1


def test_each_address_has_one_job_however_much_waits(cast, hook):
    for _number in range(3):
        make.viewing(member=cast.ana, film=make.film())
    [job] = ProcrastinateJob.objects.filter(queueing_lock=f"webhook:{hook.pk}")
    assert (job.task_name, job.args, job.queue_name) == ("reviews.send_to_webhook", {"number": hook.pk}, "outside")


def test_who_has_none_pays_a_look_for_each_event(cast):
    film = make.film()
    mark_film(member=cast.ana, film=film, half_stars=2)
    with CaptureQueriesContext(connection) as queries:
        mark_film(member=cast.ana, film=film, half_stars=4)
    looks = [query["sql"] for query in queries if "accounts_webhook" in query["sql"] or "procrastinate" in query["sql"]]
    assert len(looks) == 1 and looks[0].strip().startswith("INSERT INTO accounts_delivery")
    with CaptureQueriesContext(connection) as queries:
        mark_film(member=cast.ana, film=film, liked=True)
    assert not [query for query in queries if "accounts_webhook" in query["sql"]]


def test_the_suspended_and_the_departed_are_sent_nothing(cast, hook):
    make.viewing(member=cast.ana)
    suspend(moderator=staff.moderator(), member=cast.ana, rule="honesty", reason="Nine accounts, one voice.")
    assert not Webhook.objects.on().exists() and Webhook.objects.exists()
    gone = make.webhook(member=cast.bea)[0]
    with transaction.atomic():
        delete_account(member=cast.bea)
    assert not Webhook.objects.filter(pk=gone.pk).exists()


def test_every_event_has_somebody_who_says_it(cast, hook):
    gone = {event for event in Event if event.value.endswith(".deleted")} | {Event.FILM_MERGED}
    assert set(Event) == set(FINDS) | gone
