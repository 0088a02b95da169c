"""An attack on a film's score: seen, held, shown, lifted or confirmed; every number equals a recount all the while."""

import random
from datetime import timedelta
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.groups import MODERATORS
from accounts.models import User
from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from reviews.actions.incidents import confirm_incident, lift_incident, open_incident
from reviews.actions.rating import mark_film
from reviews.incidents import dry_run, holdings, is_quiet
from reviews.models import Incident, Mark, Notification, Review
from tests import make, tallies
from tests.staff import curator

pytestmark = pytest.mark.django_db
SHAPE = [8, 12, 16, 24, 36, 60, 84, 88, 48, 24]  # 400 honest ratings


def wrong_tallies() -> list[object]:
    with connection.cursor() as cursor:
        # Thousands of rows of this transaction, of which the planner would not know. Tables that all databases have in
        # common may be locked by a test beside this one.
        cursor.execute("ANALYZE (SKIP_LOCKED)")
    return tallies.wrong_tallies()


def people(number: int, *, days: float, ratings: int = 0) -> list[User]:
    """Members of so many days. With `ratings` they have rated that many other films."""
    joined = timezone.now() - timedelta(days=days)
    names = [f"m{make.number()}" for _one in range(number)]
    members = User.objects.bulk_create(User(username=n, email=f"{n}@example.org", date_joined=joined) for n in names)
    others = [make.film() for _one in range(ratings)]
    long_ago = timezone.now() - timedelta(days=20)
    Mark.objects.bulk_create(
        Mark(member=member, film=film, half_stars=7, rated_at=long_ago, watched_at=long_ago)
        for film in others for member in members
    )  # fmt: skip
    return members


@pytest.fixture
def film():
    """With four hundred honest ratings of the last half year."""
    film, now, dice = make.film(title="Baby Driver"), timezone.now(), random.Random(1)
    stars = [n for n, count in enumerate(SHAPE, 1) for _one in range(count)]
    rated = [now - timedelta(days=dice.uniform(1, 180)) for _one in stars]
    Mark.objects.bulk_create(
        Mark(member=member, film=film, half_stars=n, rated_at=at, watched_at=at)
        for member, n, at in zip(people(len(stars), days=400, ratings=2), stars, rated, strict=True)
    )
    film.refresh_from_db()
    return film


@pytest.fixture
def eli():
    member = make.member(username="eli", is_staff=True)
    member.groups.add(Group.objects.get(name=MODERATORS))
    return member


def attacked(film, members, *, stars=2, every=0.12) -> list[Mark]:
    """Each of these gives so many half-stars, one every few tenths of a second; the clock is moved, nothing else."""
    begin = timezone.now() - timedelta(seconds=every * len(members))
    marks = []
    for number, member in enumerate(members):
        with mock.patch("django.utils.timezone.now", return_value=begin + timedelta(seconds=every * number)):
            marks.append(mark_film(member=member, film=film, half_stars=stars))
    return marks


@pytest.mark.slow
def test_five_thousand_ones_are_seen_within_fifty_held_shown_and_lifted(film, eli, client):
    before = film.rating_count, film.rating_sum, film.rating_histogram
    attacked(film, people(1, days=9), stars=8, every=1800)  # an honest one, half an hour before
    crowd = people(5000, days=1)
    marks = attacked(film, crowd[:60])
    incident = Incident.objects.get()
    seen_at = next(number for number, mark in enumerate(marks, 1) if mark.incident_id)
    assert seen_at <= 50 and incident.film == film and incident.opened_by is None
    assert incident.seen["rule"] == 1 and incident.seen["end"] == "low" and incident.seen["strangers"] > 0.9
    # Those before it was seen are held as well, and nobody else.
    assert set(Mark.objects.exclude(incident=None).values_list("member", flat=True)) == {m.pk for m in crowd[:60]}
    # All 5,000 at once, by hand.
    lift_incident(moderator=eli, incident=incident, words="More of them are coming.")
    now = timezone.now()
    Mark.objects.bulk_create(Mark(member=m, film=film, half_stars=2, rated_at=now, watched_at=now) for m in crowd[60:])
    incident = open_incident(moderator=eli, film=film, since=incident.began_at)
    film.refresh_from_db()
    assert (film.rating_count, film.rating_sum) == (before[0] + 1, before[1] + 8)
    assert film.aside_histogram == [0, 5000, 0, 0, 0, 0, 0, 0, 0, 0] and wrong_tallies() == []
    assert Notification.objects.filter(kind="rating_held", incident=incident).count() == 5000
    [holding] = holdings(film, [incident])
    assert holding.held.count == 5000 and round(holding.if_lifted.mean, 2) == 1.17
    lift_incident(moderator=eli, incident=incident, words="A mistake of ours.")
    film.refresh_from_db()
    assert film.rating_count == 5401 and film.aside_histogram == [0] * 10 and wrong_tallies() == []
    assert not Mark.objects.exclude(incident=None).exists()
    assert Notification.objects.filter(kind="rating_held", incident=incident).count() == 10000


def test_what_lies_elsewhere_counts_again_when_it_is_confirmed(film, eli):
    attacked(film, people(45, days=1))
    incident = Incident.objects.get()
    honest, hater = make.member(), make.member()
    make.mark(member=honest, film=film, stars=4.5)
    make.mark(member=hater, film=film, stars=0.5)
    assert Mark.objects.filter(incident=incident).count() == 47
    count = film.rating_count
    confirm_incident(moderator=eli, incident=incident, words="It was a call on another site.")
    film.refresh_from_db()
    assert film.rating_count == count + 1 and sum(film.aside_histogram) == 46 and wrong_tallies() == []
    assert Mark.objects.get(member=honest).incident is None
    assert Mark.objects.get(member=hater).incident == incident
    told = Notification.objects.filter(member=honest).order_by("pk").values_list("key", "details")
    assert list(told) == [
        (f"incident:{incident.pk}:held", {"counts": False}), (f"incident:{incident.pk}:counts", {"counts": True}),
    ]  # fmt: skip
    # A rating given after the end is judged anew; the same one again is not a new one.
    assert make.mark(member=hater, film=film, stars=0.5).incident == incident
    assert make.mark(member=hater, film=film, stars=1.5).incident is None
    assert wrong_tallies() == []


def test_a_confirmed_one_does_not_open_again_over_what_was_decided(film, eli):
    attacked(film, people(45, days=1))
    lift_incident(moderator=eli, incident=Incident.objects.get(), words="No.")
    attacked(film, people(20, days=1), every=0.001)
    assert Incident.objects.open().count() == 0
    attacked(film, people(40, days=1), every=0.001)
    assert Incident.objects.open().count() == 1, "when it goes on, it is another"


def test_bought_accounts_and_both_ends(film):
    attacked(film, people(45, days=300, ratings=3), stars=1)
    assert Incident.objects.get().seen["strangers"] == 0
    other = make.film()
    both = people(50, days=2)
    for member in both:
        attacked(other, [member], stars=1 if member.pk % 2 else 10)
    assert Incident.objects.get(film=other).seen["end"] in {"both", "low"}


def test_programs_are_held_as_pages_are(film):
    from tests.api import program

    attacked(film, people(45, days=1))
    ana = make.member()
    answer = program(ana).patch(f"films/{film.slug}/me/", {"stars": 0.5})
    assert answer.status_code == 200 and answer.json()["stars"] == 0.5 and answer.json()["held"] is True
    assert Mark.objects.get(member=ana).incident == Incident.objects.get()


def test_a_change_and_a_clearing_while_it_is_open(film):
    old = Mark.objects.filter(film=film).first()
    attacked(film, people(45, days=1))
    incident = Incident.objects.get()
    mark = mark_film(member=old.member, film=film, half_stars=10)
    assert mark.incident == incident
    liked = mark_film(member=old.member, film=film, liked=True)
    assert liked.incident == incident
    cleared = mark_film(member=old.member, film=film, half_stars=None)
    assert cleared.incident is None and wrong_tallies() == []
    untouched = Mark.objects.filter(film=film, incident=None).exclude(half_stars=None).first()
    assert mark_film(member=untouched.member, film=film, liked=True).incident is None


def test_an_honest_evening_costs_little_and_opens_nothing(film):
    for number, member in enumerate(people(80, days=60, ratings=2)):
        mark_film(member=member, film=film, half_stars=5 + number % 5)
    assert not Incident.objects.exists()


def test_an_ordinary_rating_costs_one_small_query_more(film):
    member = make.member()
    with CaptureQueriesContext(connection) as queries:
        mark_film(member=member, film=film, half_stars=7)
    about = [q["sql"] for q in queries if "reviews_incident" in q["sql"] and "SELECT" in q["sql"]]
    assert len(about) == 1
    with CaptureQueriesContext(connection) as again:
        mark_film(member=member, film=film, half_stars=7)
    assert not [q for q in again if 'FROM "reviews_incident"' in q["sql"] and "ended_at" not in q["sql"]]


def test_moderators_open_one_by_hand_after_a_dry_run(film, eli):
    since = timezone.now() - timedelta(days=30)
    run = dry_run(film, since)
    assert 0 < run.held.count == len(run.members) if run.held.count <= 100 else True
    assert not Incident.objects.exists(), "it changes nothing"
    incident = open_incident(moderator=eli, film=film, since=since, end="low", words="Told by a reader.")
    assert Mark.objects.filter(incident=incident).count() == run.held.count
    film.refresh_from_db()
    assert film.rating_count == run.if_held.count and film.rating_sum == run.if_held.sum
    assert open_incident(moderator=eli, film=film, since=timezone.now()) == incident
    assert incident.opened_by == eli and wrong_tallies() == []


def test_only_moderators_and_only_with_words(film, eli):
    incident = open_incident(moderator=eli, film=film, since=timezone.now())
    ana = make.member()
    for act in (lift_incident, confirm_incident):
        with pytest.raises(PermissionDenied):
            act(moderator=ana, incident=incident, words="No.")
        with pytest.raises(ValidationError, match="Say why"):
            act(moderator=eli, incident=incident, words=" ")
    with pytest.raises(PermissionDenied):
        open_incident(moderator=ana, film=film, since=timezone.now())
    with pytest.raises(ValidationError, match="has passed"):
        open_incident(moderator=eli, film=film, since=timezone.now() + timedelta(hours=1))
    with pytest.raises(ValidationError, match="at most 500"):
        lift_incident(moderator=eli, incident=incident, words="x" * 501)
    lift_incident(moderator=eli, incident=incident, words="Nothing in it.")
    assert lift_incident(moderator=eli, incident=incident, words="Twice.").words == "Nothing in it."
    with pytest.raises(ValidationError, match="has ended already"):
        confirm_incident(moderator=eli, incident=incident, words="Too late.")


def test_it_is_quiet_after_two_days_without_a_rush(film, eli):
    incident = open_incident(moderator=eli, film=film, since=timezone.now())
    now = timezone.now()
    assert not is_quiet(incident, now + timedelta(hours=47))
    assert is_quiet(incident, now + timedelta(hours=49))
    attacked(film, people(45, days=1))
    # The hour of a rush need not be one of the clock.
    struck = now.replace(minute=0, second=0, microsecond=0)
    for number, mark in enumerate(Mark.objects.filter(film=film)):
        Mark.objects.filter(pk=mark.pk).update(rated_at=struck + timedelta(seconds=number - 22))
    assert not is_quiet(incident, now + timedelta(hours=47, minutes=59))
    Incident.objects.filter(pk=incident.pk).update(opened_at=now - timedelta(hours=60))
    assert not is_quiet(Incident.objects.get(), now + timedelta(hours=1))


def test_a_review_and_a_diary_line_are_held_too(film):
    attacked(film, people(45, days=1))
    ana = make.member()
    make.review(member=ana, film=film, stars=0.5)
    assert Mark.objects.get(member=ana).incident is not None and Review.objects.get().half_stars == 1
    bea = make.member()
    make.viewing(member=bea, film=film, stars=1)
    assert Mark.objects.get(member=bea).incident is not None


def test_held_and_blind_ratings_survive_a_merge_and_its_undoing(film, eli):
    gone, cora = make.film(title="Baby Driver"), curator(username="cora")
    attacked(film, people(40, days=1))
    attacked(gone, people(40, days=1), stars=1)
    ours, theirs = Incident.objects.get(film=film), Incident.objects.get(film=gone)
    blind = make.member(hides_scores=True)
    lone = make.film()
    make.mark(member=blind, film=lone, stars=4)
    assert Mark.objects.get(member=blind).rated_blind
    held = {row.pk: row.incident_id for row in Mark.objects.exclude(incident=None)}
    assert set(held.values()) == {ours.pk, theirs.pk}
    merge = merge_films(curator=cora, kept=film, gone=gone)
    assert Incident.objects.get() == ours and Mark.objects.filter(incident=ours).count() == len(held)
    second = merge_films(curator=cora, kept=film, gone=lone)
    film.refresh_from_db()
    assert film.blind_count == 1 and film.rating_count == 401 and wrong_tallies() == []
    undo_merge(curator=cora, merge=second)
    undo_merge(curator=cora, merge=merge)
    assert {row.pk: row.incident_id for row in Mark.objects.exclude(incident=None)} == held
    assert Mark.objects.get(member=blind).rated_blind and wrong_tallies() == []
    assert Incident.objects.get(film=gone).seen == theirs.seen


def test_the_held_of_a_suspended_member_are_out_by_the_second_rule(film):
    crowd = people(45, days=1)
    attacked(film, crowd)
    User.objects.filter(pk=crowd[0].pk).update(is_active=False)
    film.refresh_from_db()
    [holding] = holdings(film, Incident.objects.all())
    assert holding.held.count == 44 and sum(film.aside_histogram) == 45 and wrong_tallies() == []
