"""What search finds by more than spelling: scripts, articles, numbers, names; and the keys behind it."""

import pytest
from django.db import connection

from films.actions.ranking import KEPT, deal_tiers, settle_keys, wrong_keys
from films.actions.spelling import learn_words
from films.asking import quoted
from films.finding import FILMS, PEOPLE, Typed, best_films, best_people
from films.models import AlternativeTitle, Film, FilmKeys, Person, PersonKeys
from films.models.keys import TIERS
from films.names import normalise
from films.numerals import squeezed
from films.scripts import romanised
from films.search import refresh_search
from tests import make
from tests.base import rows_for_a_module

pytestmark = pytest.mark.django_db

TITLES = [
    "The Die Hard II", "Romeo & Juliet", "And Justice for All", "And", "The", "La La Land", "L’Avventura", "Se7en", "X",
    "Ocean's Eleven", "Rocky and Bullwinkle and Friends", "10", "!!!", "Сталкер", "千と千尋の神隠し", "A & B & C",
    "V/H/S", "O", "Æon Flux", "Łódź", "Ten Thousand Saints: Part Two", "  odd   spaces ", "i", "Straße",
]  # fmt: skip


@pytest.fixture(scope="module")
def shelf(django_db_setup, django_db_blocker):
    with rows_for_a_module(django_db_blocker):
        make.film(
            title="The Shining", year=1980, directors=["Stanley Kubrick"], cast=[("Jack Nicholson", "Jack")], renown=900
        )
        make.film(title="La Dolce Vita", year=1960, directors=["Federico Fellini"], renown=800)
        make.film(title="Dolce", year=2000, renown=1)
        make.film(title="Сталкер", year=1979, directors=["Андрей Тарковский"], renown=700)
        make.film(title="Parasite", original_title="기생충", year=2019, renown=950)
        make.film(title="My Neighbor Totoro", original_title="となりのトトロ", year=1988, renown=940)
        make.film(title="Spirited Away", original_title="千と千尋の神隠し", year=2001, renown=960)
        make.film(title="Crouching Tiger, Hidden Dragon", original_title="臥虎藏龍", renown=930)
        make.film(title="The Land", original_title="الأرض", directors=["يوسف شاهين"], renown=300)
        make.film(title="جدایی نادر از سیمین", renown=920)
        make.film(title="Spider-Man", year=2002, renown=850)
        make.film(title="Romeo + Juliet", year=1996, renown=640)
        make.film(title="Ocean’s Eleven", year=2001, renown=720)
        make.film(title="Blå øjne & Æbler", year=1990, renown=10)
        make.film(title=":'(", year=2010)
        film = make.film(title="Seven Samurai", year=1954, renown=890)
        AlternativeTitle.objects.create(film=film, title="Die sieben Samurai")
        refresh_search(Film.objects.all())
        yield


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("shining kubrick", "The Shining"),  # the director, in any order
        ("kubrick shin", "The Shining"),
        ("shining 1980", "The Shining"),
        ("nicholson shining", "The Shining"),
        ("a shining", "The Shining"),  # an article too many
        ("dolce vita", "La Dolce Vita"),
        ("ladolcevita", "La Dolce Vita"),
        ("stalker", "Сталкер"),
        ("tarkovskii", "Сталкер"),
        ("СТАЛКЕР", "Сталкер"),
        ("gisaengchung", "Parasite"),
        ("tonari no totoro", "My Neighbor Totoro"),
        ("神隠し", "Spirited Away"),  # any part of a title without spaces
        ("卧虎藏龙", "Crouching Tiger, Hidden Dragon"),  # simplified
        ("臥虎", "Crouching Tiger, Hidden Dragon"),
        ("الارض", "The Land"),
        ("الأَرْض", "The Land"),
        ("الارض يوسف", "The Land"),
        ("جدايي نادر", "جدایی نادر از سیمین"),  # on an Arabic keyboard
        ("spiderman", "Spider-Man"),
        ("spider man", "Spider-Man"),
        ("romeo and juliet", "Romeo + Juliet"),
        ("juliet & romeo", "Romeo + Juliet"),
        ("oceans 11", "Ocean’s Eleven"),
        ("blaa ojne", "Blå øjne & Æbler"),
        ("bla ojne aebler", "Blå øjne & Æbler"),
        ("sieben samurai", "Seven Samurai"),
        ("7 samurai", "Seven Samurai"),
        (":'(", ":'("),
    ],
)
def test_it_finds_a_film_however_it_is_written(shelf, query, title):
    assert best_films(query)[0].title == title


def test_the_very_title_is_first_then_match_and_fame_together():
    for title, renown in (("Driver", 1), ("Baby Driver", 900), ("Drivers Wanted", 5), ("The Driver", 300)):
        make.film(title=title, renown=renown)
    make.film(title="Minnie", renown=999, cast=[("Minnie Driver", "Herself")])
    refresh_search(Film.objects.all())
    named = ["The Driver", "Driver", "Baby Driver", "Minnie", "Drivers Wanted"]
    assert [film.title for film in best_films("driver")] == named
    assert best_films(Typed("driver", typing=True))[0].title == "The Driver"


def test_people_are_found_in_other_scripts_and_unfinished(shelf):
    assert [one.name for one in best_people("stanley k")] == ["Stanley Kubrick"]
    assert [one.name for one in best_people("tarkovsk")] == ["Андрей Тарковский"]


@pytest.mark.parametrize(
    ("title", "latin"),
    [
        ("Сталкер", "stalker"), ("기생충", "gisaengchung"), ("ゴジラ", "gojira"), ("キッズ・リターン", "kizzu ritan"),
        ("ちょっと", "chotto"), ("Κυνόδοντας", "kynodontas"), ("Θίασου", "thiasou"), ("მონანიება", "monanieba"),
        ("Նռան գույնը", "nran guyne"), ("千と千尋", ""), ("Amélie", ""), ("", ""),
    ],
)  # fmt: skip
def test_it_spells_other_scripts_as_far_as_they_say_how_they_sound(title, latin):
    assert romanised(normalise(title)) == latin


def test_the_database_makes_the_keys_that_are_asked_for():
    films = [make.film(title=title) for title in TITLES]
    refresh_search(films)
    for film in films:
        keys = FilmKeys.objects.get(pk=film.pk).keys
        plain = normalise(film.title)
        assert quoted("=" + squeezed(plain)) in keys, (film.title, keys)
        assert all(f"'{word}'" in keys for word in plain.split() if word.isalnum()), (film.title, keys)
        assert all(f"'^{word[:n]}'" in keys for word in plain.split() if word.isalnum() for n in (1, 2, 3)), film.title


def test_what_is_found_follows_every_change(shelf):
    film = Film.objects.get(title="Spider-Man")
    Film.objects.filter(pk=film.pk).update(search_text="web head\n\n2002")
    assert best_films("web head").get() == film
    assert not best_films("spiderman").exists()
    film.delete()
    assert not FilmKeys.objects.filter(keys="web").exists()
    Person.objects.filter(name="Stanley Kubrick").update(search_text="somebody else")
    assert best_people("somebody else").exists()


def test_the_best_known_are_on_the_upper_tiers_and_are_asked_first(shelf, monkeypatch):
    monkeypatch.setattr("films.actions.ranking.TIER_ENDS", (2, 4, 5, 6, 7))
    assert deal_tiers() > 0
    assert deal_tiers() == 0
    ranked = list(Film.objects.popular().values_list("pk", flat=True))
    assert set(FilmKeys.objects.filter(tier=1).values_list("pk", flat=True)) == set(ranked[:2])
    assert set(FilmKeys.objects.filter(tier=6).values_list("pk", flat=True)) == set(ranked[7:])
    Film.objects.filter(title="Dolce").update(renown=5_000)
    assert deal_tiers() > 0
    assert FilmKeys.objects.get(pk=Film.objects.get(title="Dolce").pk).tier == 1
    assert best_films("shining")[0].title == "The Shining"


def test_each_tier_has_an_index_that_its_search_uses(shelf):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for model in (FilmKeys, PersonKeys):
            table = model._meta.db_table
            for tier in TIERS:
                cursor.execute(f"EXPLAIN SELECT id FROM {table} WHERE tier = {tier} AND keys @@ 'driver'")
                assert f"keys_{tier}" in str(cursor.fetchall())


def test_wrong_keys_are_seen_and_mended(shelf):
    film = Film.objects.get(title="The Shining")
    FilmKeys.objects.filter(pk=film.pk).update(keys="nothing")
    PersonKeys.objects.create(pk=10**9, keys="ghost")
    assert [wrong_keys(kept) for kept in KEPT] == [[film.pk], [10**9]]
    assert settle_keys() >= 2
    assert [wrong_keys(kept) for kept in KEPT] == [[], []]


def test_films_and_people_are_asked_for_together(shelf, django_assert_num_queries):
    with django_assert_num_queries(1):
        typed = Typed("stanley kubrick")
        typed.look_up(FILMS, PEOPLE)
        assert typed.ids(FILMS) and typed.ids(PEOPLE)
    with django_assert_num_queries(4):
        Typed("stanly kubrik").look_up(FILMS, PEOPLE)  # words that nobody knows: without each of them, too
    learn_words()
    with django_assert_num_queries(3):
        Typed("stanley kubrik").look_up(FILMS, PEOPLE)
