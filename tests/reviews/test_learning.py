"""What films have in common: learnt from what everybody may see, and from the catalogue; never from what is private."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import User
from films.actions import merge_films
from films.models import Film, Franchise
from reviews import jobs
from reviews.actions.following import choose_privacy
from reviews.actions.learning import LEARN, learn_tastes
from reviews.actions.rating import mark_film
from reviews.models import Kindred, Mark
from tests import make
from tests.site import environment

pytestmark = pytest.mark.django_db
Why = Kindred.Why


def rows():
    return {row.film_id: (row.others, row.weights, row.why) for row in Kindred.objects.all()}


def shown(film):
    row = Kindred.objects.get(film=film)
    return dict(zip(row.others, row.why, strict=False))


def rate(member, film, stars, **fields):
    """A mark without the actions around it, which are tested elsewhere."""
    now = timezone.now()
    made = Mark.objects.create(member=member, film=film, half_stars=2 * stars, rated_at=now, watched_at=now, **fields)
    return made


@pytest.fixture
def tastes(db):
    """Two tastes of six members each: the four films that they love, and one of the other taste that they do not."""
    films = {name: [make.film(title=f"{name} {n}", year=1990) for n in range(4)] for name in ("Noir", "Farce")}
    for taste, other in (("Noir", "Farce"), ("Farce", "Noir")):
        for n in range(6):
            member = make.member(username=f"{taste.lower()}{n}")
            for film in films[taste]:
                rate(member, film, 5)
            rate(member, films[other][n % 4], 1)
    learn_tastes()
    return films


def test_films_that_the_same_members_love_belong_together(tastes):
    for films in tastes.values():
        found = shown(films[0])
        assert {number for number, why in found.items() if why == Why.TASTE} == {film.pk for film in films[1:]}
    assert learn_tastes() == 0  # nothing new, nothing written


UNHEARD = {
    "private": {"visibility": "private"},
    "for followers": {"visibility": "followers"},
    "set aside": {"set_aside": True},
    "held by an incident": {},
    "of a private account": {},
    "of who does not lend them": {},
}


@pytest.mark.parametrize("kind", UNHEARD)
def test_what_not_everybody_may_see_changes_no_row(tastes, kind):
    """Not even where it would make a pair that others have nearly made."""
    fields = dict(UNHEARD[kind])
    if kind == "held by an incident":
        fields["incident"] = tastes["Noir"][0].incidents.create(began_at=timezone.now())
    before = rows()
    for _number in range(8):
        member = make.member(is_private=kind == "of a private account", lends_taste=kind != "of who does not lend them")
        for film in (tastes["Noir"][0], tastes["Farce"][0]):
            rate(member, film, 5, **fields)
    assert learn_tastes() == 0
    assert rows() == before
    Mark.objects.update(visibility="public", set_aside=False, incident=None)
    User.objects.update(is_private=False, lends_taste=True)
    assert learn_tastes() > 0  # the same ratings teach once they may


def test_four_members_are_too_few_to_say_anything(tastes):
    """Fewer than five who rated both: no member's taste can be read from a pair."""
    one, other = make.film(title="One"), tastes["Noir"][0]
    members = [make.member() for _number in range(5)]
    for member in members:
        rate(member, one, 5)
    for member in members[:4]:
        rate(member, other, 5)
    learn_tastes()
    named = {number for number, why in shown(one).items() if why == Why.TASTE}
    assert (named, other.pk in rows()[one.pk][0] and Why.TASTE in rows()[one.pk][2]) == (set(), False)
    rate(members[4], other, 5)
    learn_tastes()
    assert shown(one)[other.pk] == Why.TASTE


def test_switching_off_is_learnt_soon(tastes):
    member = make.member(username="soon")
    choose_privacy(member=member, lends_taste=False)
    choose_privacy(member=make.member(username="hidden"), is_private=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(scheduled_at) FROM procrastinate_jobs WHERE task_name = %s", [LEARN])
        number, at = cursor.fetchone()
    assert number == 1
    assert timezone.now() < at < timezone.now() + timedelta(hours=1)


def test_films_without_ratings_are_known_by_their_facts(db):
    films = {
        "one": make.film(title="One", genres=["Crime"], directors=["Ana Director"], cast=[("A Star", "Herself")]),
        "sequel": make.film(title="Two", genres=["Crime"], directors=["Somebody Else"]),
        "same director": make.film(title="Three", genres=["War"], directors=["Ana Director"]),
        "same star": make.film(title="Four", genres=["War"], cast=[("A Star", "A nurse")]),
        "same kind": make.film(title="Five", genres=["Crime"], renown=10),
        "well known": make.film(title="Six", genres=["War"], year=1950, renown=900_000),
    }
    series = Franchise.objects.create(name="Numbers", slug="numbers")
    Film.objects.filter(pk__in=[films["one"].pk, films["sequel"].pk]).update(franchise=series)
    learn_tastes()
    order = ["sequel", "same director", "same star", "same kind", "well known"]
    whys = [Why.FRANCHISE, Why.DIRECTOR, Why.PEOPLE, Why.KIND, Why.KIND]
    assert list(shown(films["one"]).items()) == [(films[name].pk, why) for name, why in zip(order, whys, strict=True)]
    assert all(len(row.others) == 5 for row in Kindred.objects.all())


def test_an_empty_site_learns_nothing(db):
    assert learn_tastes() == 0
    make.film()
    learn_tastes()
    assert rows() == {}


def test_a_film_that_goes_takes_its_row_along(tastes, cast):
    kept, gone = tastes["Noir"][:2]
    merge_films(curator=cast.dora, kept=kept, gone=gone)
    assert set(rows()) == {film.pk for films in tastes.values() for film in films} - {gone.pk}
    mark_film(member=cast.ana, film=kept, half_stars=9)
    learn_tastes()
    assert gone.pk not in {number for others, _weights, _why in rows().values() for number in others}


def test_a_server_knows_nothing_of_scipy():
    """It would cost each process memory and a slower start: only the program that learns loads it."""
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup();"
        "from django.urls import get_resolver; get_resolver().url_patterns; import config.wsgi, reviews.jobs;"
        "from procrastinate.contrib.django import app; print([n for n in ('scipy',) if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


@pytest.mark.django_db(transaction=True)
def test_the_job_learns_in_a_program_of_its_own(monkeypatch):
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    make.film(title="One", genres=["Crime"])
    make.film(title="Two", genres=["Crime"])
    jobs.learn_tastes()
    assert len(rows()) == 2
