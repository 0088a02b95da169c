"""Two curators with the same form open: nothing is undone unseen, and what was typed is never lost."""

import pytest

from films.models import Collection, Film, Person
from tests import make, staff
from tests.staff import page_of


@pytest.fixture
def cora(db):
    return staff.logged_in(staff.curator(username="cora"))


@pytest.fixture
def cleo(db):
    return staff.logged_in(staff.curator(username="cleo"))


def test_what_another_curator_saved_is_not_undone_unseen(cora, cleo):
    film = make.film(title="The Last Reel")
    page = page_of(film)
    hers = staff.form_of(cleo.get(page), runtime_minutes="99")
    cora.post(page, staff.form_of(cora.get(page), tagline="It never ends"))
    refused = cleo.post(page, hers)
    words = refused.content.decode()
    assert "This was changed at" in words and 'value="99"' in words
    film.refresh_from_db()
    assert (film.tagline, film.runtime_minutes) == ("It never ends", None)
    assert cleo.post(page, staff.form_of(refused)).status_code == 302
    film.refresh_from_db()
    assert (film.tagline, film.runtime_minutes) == ("", 99)
    assert cleo.post(page, staff.form_of(cleo.get(page), tagline="Again")).status_code == 302


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        (lambda: make.person(name="Ana Known"), "biography", "Born in a cinema."),
        (lambda: make.collection(title="Bank Jobs"), "text", "Seven of them."),
    ],
)
def test_people_and_collections_are_not_undone_either(cora, cleo, row, field, value):
    row = row()
    page = page_of(row)
    hers = staff.form_of(cleo.get(page))
    assert cora.post(page, staff.form_of(cora.get(page), **{field: value})).status_code == 302
    assert "This was changed at" in cleo.post(page, hers).content.decode()
    assert getattr(type(row).objects.get(), field) == value


def test_a_row_that_was_deleted_in_another_window_holds_up_nothing(cora, cleo):
    film = make.film(cast=[("Ann One", "A"), ("Bo Two", "B"), ("Cy Three", "C")])
    page = page_of(film)
    hers = staff.form_of(cleo.get(page), **{"credits-0-character": "Gone", "credits-2-character": "Kept"})
    hers |= {"credits-3-person": "Di Four", "credits-3-character": "D"}
    cora.post(page, staff.form_of(cora.get(page), **{"credits-0-DELETE": "on"}))
    refused = cleo.post(page, hers)
    words = refused.content.decode()
    assert "This was changed at" in words
    assert "Ann One" not in words and 'value="Kept"' in words and 'value="Di Four"' in words
    assert cleo.post(page, staff.form_of(refused)).status_code == 302
    cast = [(credit.person.name, credit.character) for credit in film.credits.cast().select_related("person")]
    assert cast == [("Bo Two", "B"), ("Cy Three", "Kept"), ("Di Four", "D")]


def test_the_front_page_is_arranged_though_a_collection_was_deleted_meanwhile(cora):
    gone, first, second = (make.collection(title=title, on_front_page=True) for title in ("A", "B", "C"))
    sent = {"_save": "Save", "form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 3}
    for number, (row, place) in enumerate(((gone, 1), (first, 3), (second, 2))):
        sent |= {f"form-{number}-id": row.pk, f"form-{number}-position": place, f"form-{number}-on_front_page": "on"}
    gone.delete()
    assert cora.post("/admin/films/collection/", sent).status_code == 302
    assert list(Collection.objects.on_front_page()) == [second, first]


def test_a_new_row_is_added_from_one_window(cora):
    for url, model in (("film", Film), ("person", Person), ("collection", Collection)):
        page = cora.get(f"/admin/films/{url}/add/")
        named = {"name": "Somebody"} if url == "person" else {"title": "Something"}
        assert cora.post(f"/admin/films/{url}/add/", staff.form_of(page, **named)).status_code == 302
        assert model.objects.count() == 1
