"""Curators at the admin: people with their portraits, and collections."""

import pytest

from films.models import Collection, Person
from tests import make, staff
from tests.staff import page_of, rows


@pytest.fixture
def curator(db):
    return staff.logged_in(staff.curator(username="cora"))


def test_a_person_gets_a_new_address_with_a_new_name_and_is_found_by_it(curator):
    film = make.film(directors=["Old Name"])
    person = Person.objects.get(name="Old Name")
    url = page_of(person)
    curator.post(url, staff.form_of(curator.get(url), name="New Name"))
    person.refresh_from_db()
    film.refresh_from_db()
    assert person.slug == "new-name" and person.former_slugs.get().slug == "old-name"
    assert "new name" in film.search_text and film.poster_version == 2
    refused = curator.post(url, staff.form_of(curator.get(url), born_on="1980-01-01", died_on="1979-01-01"))
    assert "Nobody dies before they are born." in refused.content.decode()


def test_a_person_gets_a_portrait(curator, settings, tmp_path):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    person = make.person(name="Edgar Wright")
    url = page_of(person)
    wanted = {"picture": staff.picture(), "portrait_alt": "In a director’s chair", "focus_x": "30", "focus_y": "20"}
    sent = staff.form_of(curator.get(url), **wanted)
    assert curator.post(url, sent).status_code == 302
    person.refresh_from_db()
    assert person.portrait_key and (person.portrait_focus_x, person.portrait_focus_y) == (30, 20)
    page = curator.get(person.get_absolute_url()).content.decode()
    assert "face-192.webp" in page and "In a director’s chair" in page
    curator.post(url, staff.form_of(curator.get(url), remove_picture="on"))
    person.refresh_from_db()
    assert person.portrait_key == ""
    new = {"name": "Somebody New", "picture": staff.picture(), "focus_x": "", "focus_y": ""}
    add = curator.get("/admin/films/person/add/")
    assert curator.post("/admin/films/person/add/", staff.form_of(add, **new)).status_code == 302
    assert Person.objects.get(name="Somebody New").portrait_focus_x == 50


def test_a_collection_is_made_ordered_and_arranged_on_the_front_page(curator):
    films = [make.film(title=f"Film number {n}") for n in range(3)]
    entries = rows("entries", *({"film": str(film), "position": str(9 - n)} for n, film in enumerate(films)))
    curator.post("/admin/films/collection/add/", {"title": "Bank Jobs", "position": "2", **entries})
    collection = Collection.objects.get()
    assert collection.slug == "bank-jobs" and collection.curator.username == "cora"
    assert [entry.film for entry in collection.entries.select_related("film")] == films[::-1]
    other = make.collection(title="Other")
    changed = {"_save": "Save", "form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2}
    for number, (row, place) in enumerate(((other, 1), (collection, 2))):
        changed |= {f"form-{number}-id": row.pk, f"form-{number}-position": place, f"form-{number}-on_front_page": "on"}
    curator.post("/admin/films/collection/", changed)
    assert list(Collection.objects.on_front_page()) == [other, collection]
