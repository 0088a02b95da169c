"""Keeping a copy of the catalogue in step by the API: what changed, and what left its address."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone

from films.actions import correct_film, merge_films, undo_merge
from films.models import Film, LeftAddress, Person
from tests import make, staff
from tests.api import Api, queries_of

pytestmark = pytest.mark.django_db


def slugs(address: str) -> list[str]:
    return [row["slug"] for row in Api().get(address).json()["results"]]


def left(query: str = "") -> list[tuple[str, str, str | None]]:
    rows = Api().get(f"left-addresses/{query}").json()["results"]
    return [(row["kind"], row["slug"], row["moved_to"]) for row in rows]


def test_it_tells_which_films_and_people_changed_since():
    old, new = make.film(title="Old", directors=["Ann Lee"]), make.film(title="New", directors=["Bo Kim"])
    before = timezone.now() - timedelta(days=3)
    Film.objects.filter(pk=old.pk).update(updated_at=before)
    Person.objects.filter(name="Ann Lee").update(updated_at=before)
    since = quote((timezone.now() - timedelta(days=1)).isoformat())
    make.mark(member=make.member(), film=old, stars=4)
    assert slugs(f"films/?updated_since={since}&ordering=title") == [new.slug]
    assert slugs(f"people/?updated_since={since}&ordering=updated_at") == ["bo-kim"]
    correct_film(curator=staff.curator(), film=old, tagline="Older")
    assert slugs(f"films/?updated_since={since}&ordering=title") == [new.slug, old.slug]
    assert Api().get("films/?updated_since=2026").status_code == 400


def test_it_tells_which_addresses_were_left_and_where_they_lead():
    curator = staff.curator()
    kept, twin, doomed = make.film(title="Kept"), make.film(title="Twin"), make.film(title="Doomed")
    named, twin_slug = make.film(title="Misnamed"), twin.slug
    first_name = named.slug
    merge = merge_films(curator=curator, kept=kept, gone=twin)
    correct_film(curator=curator, film=named, title="Well named")
    named.refresh_from_db()
    doomed.delete()
    make.person(name="Nobody Now").delete()
    assert left() == [
        ("film", twin_slug, kept.slug),
        ("film", first_name, named.slug),
        ("film", "doomed-2017", None),
        ("person", "nobody-now", None),
    ]
    assert left("?kind=person") == [("person", "nobody-now", None)]
    assert left("?kind=film&page_size=2") == left()[:2]
    assert left(f"?since={quote((timezone.now() + timedelta(hours=1)).isoformat())}") == []
    undo_merge(curator=curator, merge=merge)  # it is at its address again
    assert [slug for _kind, slug, _moved in left()] == [first_name, "doomed-2017", "nobody-now"]


def test_an_address_that_is_left_twice_is_told_once_with_the_last_time():
    for _ in range(2):
        make.film(title="Doomed").delete()
        LeftAddress.objects.update(left_at=timezone.now() - timedelta(days=1))
    make.film(title="Doomed").delete()
    (row,) = Api().get("left-addresses/").json()["results"]
    assert row["left_at"] > (timezone.now() - timedelta(hours=1)).isoformat()


def test_it_asks_the_database_as_often_for_many_as_for_one():
    make.film(title="One").delete()
    one = queries_of("GET", "left-addresses/")
    for number in range(20):
        make.film(title=f"Film {number}").delete()
    assert queries_of("GET", "left-addresses/?page_size=10") == one
