"""Lists that fill themselves: what they find, for whom, and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from films.catalogue import Reading
from films.models import Film, FormerPersonSlug, Genre, Person, Service
from reviews.actions.filling import add_film
from reviews.actions.helping import invite_collaborator
from reviews.actions.listing import Details, change_list, clone_list, make_list
from reviews.actions.refinding import change_finds
from reviews.browsing import MemberFilters
from reviews.models import Activity, FilmList, ListEntry, Notification
from reviews.searches import choices_for, filters_in
from reviews.self_filling import fill_lists, found_by
from tests import make
from tests.tallies import wrong_tallies

pytestmark = pytest.mark.django_db


def filters(query: str):
    return filters_in([query])[0][0]


def titles(film_list: FilmList, viewer=None) -> list[str]:
    found = found_by(viewer, FilmList.objects.get(pk=film_list.pk)).films
    by_number = dict(Film.objects.filter(pk__in=found).values_list("pk", "title"))
    return [by_number[number] for number in found]


@pytest.fixture
def dramas(cast):
    """Three dramas, the first the best known, and a comedy."""
    for n, title in enumerate(("Cedar", "Alder", "Beech")):
        make.film(title=title, year=2001 + n, genres=["Drama"], renown=30 - n)
    make.film(title="Clown", year=2002, genres=["Comedy"], renown=99)
    return make.film_list(member=cast.ana, title="Dramas", finds="genre=drama")


# What it finds


def test_it_finds_what_the_catalogue_finds_whenever_it_is_looked_at(dramas):
    assert titles(dramas) == ["Cedar", "Alder", "Beech"]
    make.film(title="Yew", year=2004, genres=["Drama"], renown=50)
    Film.objects.get(title="Alder").genres.clear()
    assert titles(dramas) == ["Yew", "Cedar", "Beech"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("genre=drama&sort=oldest", ["Cedar", "Alder", "Beech"]),
        ("genre=drama&sort=newest", ["Beech", "Alder", "Cedar"]),
        ("not_genre=drama", ["Clown"]),
        ("from=2002&to=2002", ["Clown", "Alder"]),
    ],
)
def test_it_has_the_order_of_the_catalogue(cast, dramas, query, found):
    assert titles(make.film_list(member=cast.ana, finds=query)) == found


def test_it_shows_no_more_than_it_may(cast, dramas):
    few = make.film_list(member=cast.ana, finds="genre=drama", most_found=2)
    found = found_by(None, few)
    assert (len(found.films), found.number, found.total) == (2, 2, 3)
    assert titles(few) == ["Cedar", "Alder"]


def test_by_title_are_the_best_known_by_their_titles(cast, dramas):
    assert titles(make.film_list(member=cast.ana, finds="genre=drama&sort=title")) == ["Alder", "Beech", "Cedar"]
    few = make.film_list(member=cast.ana, finds="genre=drama&sort=title", most_found=2)
    assert titles(few) == ["Alder", "Cedar"]


def test_who_hides_scores_finds_nothing_by_them(cast, dramas):
    cedar = Film.objects.get(title="Cedar")
    for _each in range(6):
        make.mark(member=make.member(), film=cedar, stars=5)
    good = make.film_list(member=cast.ana, finds="genre=drama&min_rating=4")
    assert titles(good) == titles(good, cast.bea) == ["Cedar"]
    cast.bea.hides_scores = True
    cast.bea.save()
    assert titles(good, cast.bea) == []
    make.mark(member=cast.bea, film=cedar, stars=1)
    for _each in range(6):
        make.mark(member=make.member(), film=cedar, stars=5)
    assert titles(good, cast.bea) == ["Cedar"]


def test_nothing_that_is_ones_own_stays_in_it(cast, dramas):
    asked = filters("genre=drama&yours=seen&not_yours=liked&tag=noir&not_tag=b&sort=mine&list=7")
    made = make_list(member=cast.ana, details=Details(title="Mine"), filters=asked)
    assert made.finds == "genre=drama"


@pytest.mark.parametrize("query", ["", "sort=rating", "yours=seen", "tag=noir", "genre=nosuch", "list=3"])
def test_it_is_never_all_films(cast, query):
    with pytest.raises(ValidationError, match="This would be all films"):
        make_list(member=cast.ana, details=Details(title="All"), filters=filters(query))
    assert not FilmList.objects.exists()


def test_what_is_too_long_to_keep_is_refused(cast):
    slugs = [make.person(name=f"{'Anna Bella Carla Dora ' * 5}{n}").slug for n in range(20)]
    asked = [("person", slug) for slug in slugs[:10]] + [("not_person", slug) for slug in slugs[10:]]
    query = QueryDict(urlencode(asked))
    too_long = MemberFilters.read(query, choices_for([query], Reading()))[0]
    with pytest.raises(ValidationError, match="more than a list can keep"):
        make_list(member=cast.ana, details=Details(title="Long"), filters=too_long)


@pytest.mark.parametrize("most", [0, 251])
def test_it_shows_one_to_so_many(cast, most):
    with pytest.raises(ValidationError, match="1 to 250 films"):
        make_list(member=cast.ana, details=Details(title="Many", most_found=most), filters=filters("length=short"))
    made = make.film_list(member=cast.ana, finds="length=short")
    with pytest.raises(IntegrityError, match="list_shows_so_many"), transaction.atomic():
        FilmList.objects.filter(pk=made.pk).update(most_found=most)


# What the catalogue does not have any more


def test_a_genre_that_is_called_otherwise_is_still_the_same(dramas):
    Genre.objects.filter(slug="drama").update(name="Tragedy")
    assert titles(dramas) == ["Cedar", "Alder", "Beech"]


@pytest.mark.parametrize("query", ["genre=drama", "not_genre=drama", "genre=comedy&not_genre=drama"])
def test_without_its_genre_it_finds_nothing_and_says_what_is_missing(cast, dramas, query):
    made = make.film_list(member=cast.ana, finds=query)
    assert titles(made)
    Genre.objects.get(slug="drama").delete()
    found = found_by(None, FilmList.objects.get(pk=made.pk))
    assert (found.films, found.number, found.asked.missing) == ([], 0, ("drama",))
    Genre.objects.create(slug="drama", name="Drama")
    Film.objects.get(title="Beech").genres.add(Genre.objects.get(slug="drama"))
    assert not found_by(None, FilmList.objects.get(pk=made.pk)).asked.missing


def test_without_its_service_it_finds_nothing(cast, dramas):
    beech = Film.objects.get(title="Beech")
    there = make.availability(film=beech, service="Mubi")
    made = make.film_list(member=cast.ana, finds=f"service={there.service.slug}")
    assert titles(made) == ["Beech"]
    there.ends_on = timezone.localdate() - timedelta(days=1)
    there.save()
    assert titles(made) == [] and not found_by(None, made).asked.missing
    there.delete()
    Service.objects.all().delete()
    assert titles(made) == [] and found_by(None, made).asked.missing == ("mubi",)


def test_a_person_is_found_by_a_former_address_and_not_once_gone(cast):
    make.film(title="Locke", directors=["Steven Knight"])
    made = make.film_list(member=cast.ana, finds="person=steven-knight")
    knight = Person.objects.get(slug="steven-knight")
    FormerPersonSlug.objects.create(slug="steven-knight", person=knight)
    Person.objects.filter(pk=knight.pk).update(slug="stephen-knight")
    assert titles(made) == ["Locke"]
    knight.delete()
    assert titles(made) == [] and found_by(None, made).asked.missing == ("steven-knight",)


# Of one kind for ever


def test_nothing_is_put_on_it_by_hand(cast, dramas):
    with pytest.raises(ValidationError, match="fills itself"):
        add_film(member=cast.ana, film_list=dramas, film=make.film())
    with pytest.raises(ValidationError, match="fills itself"):
        invite_collaborator(member=cast.ana, film_list=dramas, other=cast.bea)
    with pytest.raises(IntegrityError, match="fills itself"), transaction.atomic():
        ListEntry.objects.create(film_list=dramas, film=make.film(), position=1)
    with pytest.raises(IntegrityError, match="for ever"), transaction.atomic():
        FilmList.objects.filter(pk=dramas.pk).update(finds="")
    by_hand = make.film_list(member=cast.ana)
    with pytest.raises(IntegrityError, match="for ever"), transaction.atomic():
        FilmList.objects.filter(pk=by_hand.pk).update(finds="genre=drama")
    with pytest.raises(ValidationError, match="filled by hand"):
        change_finds(member=cast.ana, film_list=by_hand, filters=filters("genre=drama"))
    assert wrong_tallies() == []


def test_its_own_member_changes_what_it_finds(cast, dramas):
    before = FilmList.objects.get(pk=dramas.pk).updated_at
    changed = change_finds(member=cast.ana, film_list=dramas, filters=filters("genre=comedy&yours=seen"))
    assert changed.finds == "genre=comedy" and changed.updated_at > before and titles(dramas) == ["Clown"]
    assert change_finds(member=cast.ana, film_list=dramas, filters=filters("genre=comedy")).updated_at == (
        FilmList.objects.get(pk=dramas.pk).updated_at
    )
    with pytest.raises(ValidationError, match="all films"):
        change_finds(member=cast.ana, film_list=dramas, filters=filters("sort=rating"))
    with pytest.raises(PermissionDenied):
        change_finds(member=cast.bea, film_list=dramas, filters=filters("genre=drama"))
    assert titles(dramas) == ["Clown"]


def test_what_it_says_of_itself_is_changed_as_of_any_list(cast, dramas):
    details = Details(title="Sad", most_found=1, is_ranked=True, visibility="followers")
    changed = change_list(member=cast.ana, film_list=dramas, details=details, version=1)
    assert (changed.title, changed.most_found, changed.finds, changed.version) == ("Sad", 1, "genre=drama", 2)
    assert titles(dramas) == ["Cedar"]


def test_the_same_form_sent_twice_makes_one(cast, dramas):
    again = make_list(member=cast.ana, details=Details(title="Dramas"), filters=filters("genre=drama"))
    other = make_list(member=cast.ana, details=Details(title="Dramas"), filters=filters("genre=comedy"))
    assert again == dramas and other != dramas
    assert make_list(member=cast.ana, details=Details(title="Dramas")) not in {dramas, other}


# Copies and feeds


def test_a_copy_fills_itself_or_has_the_films_of_now(cast, dramas):
    alive = clone_list(member=cast.bea, film_list=dramas)
    still = clone_list(member=cast.bea, film_list=dramas, by_hand=True)
    assert clone_list(member=cast.bea, film_list=dramas, by_hand=True) == still
    assert clone_list(member=cast.bea, film_list=dramas) == alive
    assert (alive.finds, alive.visibility, alive.cloned_from) == ("genre=drama", "private", dramas)
    assert (still.finds, still.film_count, still.cloned_from) == ("", 3, dramas)
    make.film(title="Yew", genres=["Drama"], renown=50)
    assert titles(alive)[0] == "Yew"
    entries = still.entries.order_by("position").values_list("film__title", "position", "added_by")
    assert list(entries) == [("Cedar", 1, cast.bea.pk), ("Alder", 2, cast.bea.pk), ("Beech", 3, cast.bea.pk)]
    assert Notification.objects.filter(member=cast.ana, kind="list_cloned").count() == 2


def test_the_feed_tells_of_it_at_once(cast, dramas):
    assert Activity.objects.filter(kind="listed", film_list=dramas).exists()
    change_list(member=cast.ana, film_list=dramas, details=Details(title="Dramas", visibility="private"))
    assert not Activity.objects.filter(film_list=dramas).exists()


def test_many_are_filled_by_as_few_queries_as_one(cast, django_assert_max_num_queries):
    film = make.film(title="Locke", genres=["Drama"], directors=["Steven Knight"])
    make.mark(member=cast.bea, film=film, watched=True)
    queries = ["person=steven-knight&sort=title", "genre=drama&sort=title", "genre=drama&sort=rating", "from=2000"]
    for number in range(12):
        make.person(name=f"Nobody {number}")
        queries.append(f"not_person=nobody-{number}&sort=title")
    for query in queries:
        make.film_list(member=cast.ana, finds=query)
    lists = list(FilmList.objects.all())
    with django_assert_max_num_queries(6):
        tags = fill_lists(cast.bea, lists)
    assert tags and {one.film_count for one in lists} == {1}
    assert all([row["title"] for row in vars(one)["first_films"]] == ["Locke"] for one in lists)
    with django_assert_max_num_queries(0):
        assert fill_lists(cast.bea, lists) == () == fill_lists(cast.bea, [make_up()])


def make_up() -> FilmList:
    return FilmList(title="By hand")
