"""A curator at the pages where films and people that are here twice become one."""

import pytest
from django.urls import reverse

from films.actions import find_duplicates, merge_films
from films.models import Duplicate, Film, Merge, Person
from reviews.models import Mark
from tests import make, staff

CAST = [("Ansel Elgort", "Baby"), ("Lily James", "Debora")]


@pytest.fixture
def curator(db):
    return staff.logged_in(staff.curator(username="cora"))


@pytest.fixture
def twins(db):
    kept = make.film(title="Baby Driver", year=2017, cast=CAST, renown=900_000)
    gone = make.film(title="Baby Driver", year=2017, cast=CAST, runtime_minutes=113, genres=["Crime"])
    ana = make.member()
    make.mark(member=ana, film=kept, stars=2)
    make.mark(member=ana, film=gone, stars=4)
    make.review(film=gone)
    return kept, gone


def pair(kind: str, kept, gone) -> str:
    return reverse("admin:films_merge_pair", args=[kind, kept.pk, gone.pk])


def act(client, where: str, action: str, *rows):
    return client.post(where, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


def test_looking_now_lists_what_may_be_here_twice(curator, twins):
    kept, gone = twins
    empty = curator.get("/admin/films/duplicate/").content.decode()
    assert "Look for duplicates now" in empty
    page = curator.post("/admin/films/duplicate/look/", follow=True).content.decode()
    assert "New pairs: 1." in page and pair("film", kept, gone) in page
    assert "The same title, and people in both" in page


def test_the_pair_shows_both_and_changes_nothing(curator, twins):
    kept, gone = twins
    page = curator.get(pair("film", kept, gone)).content.decode()
    assert "113" in page and "taken from the other" in page and "Crime" in page
    assert pair("film", gone, kept) in page, "turned round"
    assert "<strong>Marks</strong>: 1" in page and "the later one counts" in page
    assert "<strong>Reviews</strong>: 1" in page
    assert Film.objects.count() == 2 and not Merge.objects.exists()


def test_a_button_makes_them_one_and_another_takes_it_back(curator, twins):
    kept, gone = twins
    find_duplicates()
    page = curator.post(pair("film", kept, gone), {"merge": ""}, follow=True)
    assert "is part of “Baby Driver (2017)” now" in page.content.decode()
    assert Film.objects.get() == kept and not Duplicate.objects.exists()
    assert Mark.objects.filter(film=kept).count() == 2
    again = curator.post(pair("film", kept, gone), {"merge": ""}, follow=True)
    assert "They are one already." in again.content.decode()
    merge = Merge.objects.get()
    assert merge.by.username == "cora"
    page = act(curator, "/admin/films/merge/", "undo", merge).content.decode()
    assert "Undone: 1." in page and Film.objects.count() == 2 and Duplicate.objects.exists()
    assert "undone already." in act(curator, "/admin/films/merge/", "undo", merge).text


def test_what_cannot_be_undone_says_why(curator, twins):
    kept, gone = twins
    cora = staff.User.objects.get(username="cora")
    first = merge_films(curator=cora, kept=kept, gone=gone)
    merge_films(curator=cora, kept=make.film(title="Another"), gone=Film.objects.get(pk=kept.pk))
    page = act(curator, "/admin/films/merge/", "undo", first).content.decode()
    assert "Undo that merge first." in page
    both = act(curator, "/admin/films/merge/", "undo", *Merge.objects.all()).content.decode()
    assert "Undone: 2." in both and Film.objects.count() == 3


def test_two_films_are_told_apart(curator, twins):
    kept, gone = twins
    find_duplicates()
    page = curator.post(pair("film", kept, gone), {"distinct": ""}, follow=True).content.decode()
    assert "They do not come up again." in page
    assert Duplicate.objects.get().state == "distinct" and Film.objects.count() == 2
    act(curator, "/admin/films/duplicate/", "tell_apart", Duplicate.objects.get())
    assert find_duplicates() == 0


@pytest.mark.parametrize("number", [1, 3])
def test_from_a_list_it_takes_just_two(curator, twins, number):
    films = [*twins, make.film()][:number]
    page = act(curator, "/admin/films/film/", "merge_two", *films)
    assert "Tick exactly two" in page.content.decode()


def test_people_merge_from_their_list(curator):
    make.film(directors=["Edgar Wright"])
    kept, gone = Person.objects.get(), make.person(name="E. Wright", biography="He directs.")
    page = act(curator, "/admin/films/person/", "merge_two", kept, gone)
    assert page.redirect_chain[0][0] in {pair("person", kept, gone), pair("person", gone, kept)}
    words = curator.get(pair("person", kept, gone)).content.decode()
    assert "He directs." in words and "Biography" in words
    curator.post(pair("person", kept, gone), {"merge": ""})
    assert Person.objects.get().biography == "He directs."
    act(curator, "/admin/films/merge/", "undo", Merge.objects.get())
    assert Person.objects.count() == 2


def test_addresses_that_name_no_pair(curator, twins):
    kept, _gone = twins
    for address in ("film/1/1/", f"film/{kept.pk}/99999999/", f"song/{kept.pk}/2/"):
        assert curator.get(f"/admin/films/merge/{address}").status_code == 404


@pytest.mark.parametrize("who", ["member", "moderator"])
def test_nobody_else_merges(twins, who):
    client = staff.logged_in(make.member() if who == "member" else staff.moderator())
    expected = 302 if who == "member" else 403
    for url in (pair("film", *twins), "/admin/films/duplicate/", "/admin/films/duplicate/look/", "/admin/films/merge/"):
        assert client.get(url).status_code == client.post(url, {"merge": ""}).status_code == expected, url
    assert Film.objects.count() == 2


def test_the_number_of_queries_does_not_grow(curator, django_assert_max_num_queries):
    for number in range(3):
        for _twin in range(2):
            make.film(title=f"Film {number}", cast=CAST)
    find_duplicates()
    with django_assert_max_num_queries(14):
        curator.get("/admin/films/duplicate/")
