"""The catalogue in memory: that it follows the database, whoever writes, and in whatever order transactions end."""

import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from films import catalogue, packed
from films.actions.faceting import begin_anew, forget_changes
from films.catalogue import Catalogue, Reading
from films.following import COLUMNS, NOW
from films.models import CatalogueChange, Film, Genre
from films.narrowing import Narrowing
from films.orders import SORTS, legs_of
from films.picking import pick
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shelf(monkeypatch):
    """Each test begins in a process that has read nothing."""
    monkeypatch.setattr(catalogue, "_shelf", catalogue._Shelf())


def anew() -> Catalogue:
    with connection.cursor() as cursor:
        cursor.execute(NOW)
        return Catalogue(cursor.fetchone()[0], (0, 0))


def compare() -> None:
    """What was followed is what is loaded."""
    followed, loaded = Reading().catalogue, anew()
    assert followed is not loaded and followed.every == loaded.every
    assert {word: films for word, films in followed.words.items() if films} == loaded.words
    ids = np.array(loaded.every, int)
    for name in COLUMNS:
        assert (followed.columns[name][ids] == loaded.columns[name][ids]).all(), name
    for name, films in loaded.known.items():
        assert followed.known[name] & loaded.every == films, name
    for sort in SORTS:
        assert pages(followed, sort) == pages(loaded, sort), sort


def pages(read: Catalogue, sort: str) -> list[list[int]]:
    """All films, four at a time. What was sorted before something changed is sorted still."""
    reading, everything, found, after = Reading(read=read), Narrowing(without=("g0",)), [], ""
    while not found or after:
        page = pick(reading, everything, legs_of(sort), size=4, after=after)
        found.append(page.films)
        after = page.after
    return found


def with_word(word: str) -> set[int]:
    return set(Reading().films(Narrowing(groups=((word,),))))


def elsewhere(act) -> None:
    """In another connection, with a transaction of its own."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def test_it_follows_whatever_is_written():
    dice, members = random.Random(3), [make.member() for _n in range(4)]
    films = [make.film(title=f"Film {n}", year=1990 + n, genres=["Drama"]) for n in range(12)]
    first = Reading().catalogue
    acts = [
        lambda film: make.mark(member=dice.choice(members), film=film, stars=dice.choice([1, 3.5, 5])),
        lambda film: Film.objects.filter(pk=film.pk).update(year=None, runtime_minutes=dice.choice([None, 80, 200])),
        lambda film: film.genres.set([make.film(genres=["Crime"]).genres.get()]),
        lambda film: Film.objects.filter(pk=film.pk).update(popularity_week=dice.randint(0, 9), sort_title="zz"),
        lambda film: make.availability(film=film, service=f"Service {make.number()}"),
        lambda film: make.film(title="Another"),
    ]
    for _round in range(30):
        dice.choice(acts)(dice.choice(films))
        if dice.random() < 0.5:
            compare()
    films[0].delete()
    compare()
    assert Reading().catalogue is first, "it was followed, not loaded again"


def test_it_misses_nothing_of_transactions_that_end_in_another_order():
    film, other = make.film(genres=["Drama"]), make.film(genres=["Drama"])
    crime = make.film(genres=["Crime"]).genres.get()
    word = f"g{crime.pk}"
    assert film.pk not in with_word(word)
    with transaction.atomic():
        film.genres.add(crime)  # its change has the lower number, and is seen last
        elsewhere(lambda: Film.objects.get(pk=other.pk).genres.add(crime))
        elsewhere(lambda: other_sees(word, other.pk, film.pk))
    assert {film.pk, other.pk} <= with_word(word)
    compare()


def other_sees(word: str, seen: int, unseen: int) -> None:
    found = with_word(word)
    assert seen in found and unseen not in found


def test_what_is_rolled_back_was_never_there():
    film, genre = make.film(), make.film(genres=["Noir"]).genres.get()
    word = f"g{genre.pk}"
    assert film.pk not in with_word(word)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        film.genres.add(genre)
        assert film.pk in with_word(word), "the transaction itself sees it"
        elsewhere(lambda: others_do_not(word, film.pk))
        raise ZeroDivisionError
    assert film.pk not in with_word(word)
    compare()


def others_do_not(word: str, film_id: int) -> None:
    assert film_id not in with_word(word)


def test_it_is_loaded_anew_where_changes_are_gone_or_too_many(monkeypatch):
    film = make.film(genres=["Drama"])
    first = Reading().catalogue
    begin_anew()
    second = Reading().catalogue
    assert second is not first
    CatalogueChange.objects.update(made_at="2020-01-01T00:00Z")
    make.film()
    assert forget_changes() >= 1 and CatalogueChange.objects.exists()
    compare()
    monkeypatch.setattr(catalogue, "MOST_FOLLOWED", 3)
    Film.objects.bulk_create(Film(title="Many", slug=f"many-{n}") for n in range(9))
    assert Reading().catalogue is not second and film.pk in Reading().catalogue.every
    compare()


def test_many_films_whose_keys_changed_are_read_at_once(monkeypatch):
    """As when a job has counted anew what is popular."""
    films = [make.film(genres=["Drama"]) for _n in range(9)]
    first = Reading().catalogue
    monkeypatch.setattr(catalogue, "MOST_FOLLOWED", 3)
    Film.objects.update(popularity_week=5)
    films[0].delete()
    make.mark(member=make.member(), film=films[1], stars=4)
    compare()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Film.objects.update(popularity_week=9)
        assert Reading().catalogue.columns["popularity_week"][films[1].pk] == 9
        raise ZeroDivisionError
    compare()
    assert Reading().catalogue is first


def test_it_is_given_more_time_than_a_page_and_only_for_itself():
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '100ms'")
        try:
            with packed.more_time():
                assert packed.loaded("SELECT pg_sleep(0.3), %(number)s::int", {"number": 7}) == [(b"", 7)]
            cursor.execute("SHOW statement_timeout")
            assert cursor.fetchone() == ("100ms",)
            with transaction.atomic():
                with packed.more_time():
                    packed.loaded("SELECT 1")
                cursor.execute("SHOW statement_timeout")
                assert cursor.fetchone() == ("100ms",), "nor for what follows in the same transaction"
        finally:
            cursor.execute("RESET statement_timeout")


def test_it_begins_with_nothing():
    assert not Reading().catalogue.every and not Reading().films(Narrowing(without=("g0",)))
    make.film(genres=["Drama"])
    compare()


def test_a_migration_begins_the_log_anew():
    """What is restored from a copy names transactions of another server."""
    make.film()
    first = Reading().catalogue
    call_command("migrate", verbosity=0)
    assert Reading().catalogue is not first
    compare()


def test_a_swept_log_is_noticed_though_its_numbers_come_again():
    make.film()
    first = Reading().catalogue
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE films_cataloguechange RESTART IDENTITY")
    Genre.objects.create(name="New", slug="new")
    for _n in range(9):
        make.film()
    assert Reading().catalogue is not first
    compare()


def test_titles_that_came_later_stand_in_their_places(monkeypatch):
    for title in "BDFHJ":
        make.film(title=title)
    assert Reading().catalogue
    for title in "GAEKC":
        make.film(title=title)
    Film.objects.filter(title="J").update(title="I", sort_title="i")

    def titles() -> str:
        found, after = [], ""
        while True:
            page = pick(Reading(), Narrowing(spans=()).and_(everything), legs_of("title"), size=2, after=after)
            found += page.films
            after = page.after
            if not after:
                return "".join(Film.objects.get(pk=number).title for number in found)

    everything = Narrowing(without=("g0",))
    assert len(Reading().catalogue.loose) == 6 and titles() == "ABCDEFGHIK"
    monkeypatch.setattr(catalogue, "MOST_LOOSE", 3)
    make.film(title="L")
    assert not Reading().catalogue.loose and titles() == "ABCDEFGHIKL"


@pytest.mark.parametrize("sort", list(SORTS))
def test_many_ties_are_told_apart_by_their_numbers(sort, monkeypatch):
    monkeypatch.setattr("films.picking.SAMPLED", 5)
    Film.objects.bulk_create(Film(title="Same", slug=f"same-{n}", year=2000 + n % 2) for n in range(90))
    everything, found, after = Narrowing(without=("g0",)), [], ""
    while True:
        page = pick(Reading(), everything, legs_of(sort), size=7, after=after)
        found += page.films
        if not (after := page.after):
            break
    plain, after = [], ""
    while True:
        page = pick(Reading(), Narrowing(), legs_of(sort), size=7, after=after)
        plain += page.films
        if not (after := page.after):
            break
    assert found == plain and len(set(found)) == 90


def test_readers_beside_writers_are_never_wrong_at_the_end():
    """Threads of one process read while others write."""
    films = [make.film(genres=["Drama"]) for _n in range(6)]
    genres = [make.film(genres=[name]).genres.get().pk for name in ("One", "Two", "Three")]

    def write(seed: int) -> None:
        dice = random.Random(seed)
        try:
            for _n in range(25):
                film = dice.choice(films)
                with transaction.atomic():
                    Film.objects.get(pk=film.pk).genres.set(dice.sample(genres, 2))
        finally:
            connection.close()

    def read() -> None:
        try:
            for _n in range(60):
                Reading().films(Narrowing(groups=((f"g{genres[0]}",),)))
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        done = [pool.submit(write, seed) for seed in range(2)] + [pool.submit(read) for _n in range(3)]
        for each in done:
            each.result()
    compare()


def test_many_films_are_noted_in_one_look_though_the_plan_is_from_when_one_changed():
    """A share of the statement's own time, so that it is the same on a slow machine; each with each is nine tenths."""
    films = 1500
    Film.objects.bulk_create(
        Film(title=f"Reel {n}", sort_title=f"reel {n}", slug=f"reel-{n}", year=1990) for n in range(films)
    )
    Film.objects.filter(slug="reel-1").update(popularity_week=1)
    before = CatalogueChange.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) UPDATE films_film SET popularity_week = popularity_week + 7")
        (told,) = cursor.fetchone()[0]
    (trigger,) = [trigger for trigger in told["Triggers"] if trigger["Trigger Name"] == "catalogue_keys"]
    assert CatalogueChange.objects.count() - before == films
    assert trigger["Time"] < told["Execution Time"] / 2
