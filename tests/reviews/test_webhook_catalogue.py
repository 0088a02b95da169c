"""What programs are told of the catalogue, each by the eyes of its member."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.groups import CURATORS
from accounts.jobs import announce_to_all
from accounts.models import User, Webhook
from films.actions import add_film, correct_film, delete_film, merge_films, undo_merge
from films.actions.stating import state_facts
from films.models import Film, ImportRun, Source
from reviews.actions.following import choose_privacy
from tests import make, staff
from tests.reviews.webhooks import asked, heard, see_to_the_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook(cast) -> Webhook:
    """Ana's, which wants to hear of everything."""
    return make.webhook(member=cast.ana)[0]


@pytest.fixture
def curator(cast) -> User:
    cast.dora.groups.add(Group.objects.get(name=CURATORS))
    return User.objects.get(pk=cast.dora.pk)


def test_the_catalogue_is_for_everybody(cast, hook, curator):
    film = add_film(curator=curator, title="The Long Interval", year=1974)
    see_to_the_catalogue()
    [(event, data)] = heard(cast.ana)
    assert event == "film.added" and data == asked(cast.ana, f"films/{film.slug}/").json()
    correct_film(curator=curator, film=film, tagline="Wait.")
    correct_film(curator=curator, film=film, runtime_minutes=96)
    see_to_the_catalogue()
    [(event, data)] = heard(cast.ana)
    assert (event, data["tagline"], data["runtime_minutes"]) == ("film.changed", "Wait.", 96)
    correct_film(curator=curator, film=film, runtime_minutes=96)
    see_to_the_catalogue()
    assert heard(cast.ana) == [], "nothing changed"
    slug = film.slug
    delete_film(curator=curator, film=film)
    see_to_the_catalogue()
    assert heard(cast.ana) == [("film.deleted", {"slug": slug})]


def test_a_merge_says_what_became_of_what_and_its_undoing_brings_it_back(cast, hook, curator):
    kept, one, two = (make.film(title=title) for title in ("Heat", "Heat again", "Heat once more"))
    merges = [merge_films(curator=curator, kept=kept, gone=gone) for gone in (one, two)]
    see_to_the_catalogue()
    said = [data for event, data in heard(cast.ana) if event == "film.merged"]
    assert [told["slug"] for told in said] == [one.slug, two.slug], "each of two in a moment"
    assert said[0]["into"] == asked(cast.ana, f"films/{kept.slug}/").json()
    undo_merge(curator=curator, merge=merges[1])
    see_to_the_catalogue()
    assert ("film.added", two.slug) in [(event, data["slug"]) for event, data in heard(cast.ana)]


def test_of_films_that_became_one_after_the_other_each_leads_to_the_last(cast, hook, curator):
    first, second, last = (make.film(title=title) for title in ("Heat", "Heat again", "Heat once more"))
    merge_films(curator=curator, kept=second, gone=first)
    merge_films(curator=curator, kept=last, gone=second)
    see_to_the_catalogue()
    said = [data for event, data in heard(cast.ana) if event == "film.merged"]
    assert [(told["slug"], told["into"]["slug"]) for told in said] == [
        (first.slug, last.slug), (second.slug, last.slug),
    ]  # fmt: skip


def test_the_desk_deletes_by_the_same_act(cast, hook):
    boss, films = staff.logged_in(staff.administrator()), [make.film(), make.film()]
    boss.post(f"/admin/films/film/{films[0].pk}/delete/", {"post": "yes"})
    boss.post("/admin/films/film/", {"action": "delete_selected", "_selected_action": [films[1].pk], "post": "yes"})
    see_to_the_catalogue()
    assert {data["slug"] for _event, data in heard(cast.ana)} == {film.slug for film in films}
    assert not Film.objects.filter(pk__in=[film.pk for film in films]).exists()


def test_an_import_into_the_catalogue_is_not_told_film_by_film(cast, hook):
    film, run = make.film(), ImportRun.objects.create(source=Source.TMDB, place="x", fingerprint="y")
    with transaction.atomic():
        state_facts(film=film, source=Source.TMDB, facts={"tagline": "One line."}, run=run)
    assert not ProcrastinateJob.objects.filter(task_name="accounts.announce_to_all").exists()


def test_who_hides_scores_is_told_none(cast):
    make.webhook(member=cast.ana)
    film = make.film()
    for _number in range(5):
        make.mark(member=make.member(), film=film, stars=4)
    choose_privacy(member=cast.ana, hides_scores=True)
    announce_to_all("film.changed", film.pk, {})
    [(_event, data)] = heard(User.objects.get(pk=cast.ana.pk))
    assert data == asked(cast.ana, f"films/{film.slug}/").json()
    assert data["rating"] is None or data["rating"]["average"] is None
