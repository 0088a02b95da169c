"""Copies of films that imports bring: Trakt's collection, and a copy from here."""

import csv
import io
import json
from datetime import date
from zipfile import ZipFile

import pytest

from films.models import FilmId
from reviews.actions.owning import add_copy, change_copy
from reviews.exporters.archive import write_archive
from reviews.imports import dress
from reviews.models import OwnedCopy
from tests import make, staff
from tests.reviews.imports import bring, take_in, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def film():
    made = make.film(title="Heat", year=1995)
    FilmId.objects.create(film=made, source="imdb", value="tt0113277")
    return made


HEAT = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "imdb": "tt0113277"}}


def collected(**metadata: str) -> dict[str, object]:
    at = "2019-03-05T20:00:00.000Z"
    return {"collected_at": at, "updated_at": at, "movie": HEAT, "metadata": metadata}


@pytest.mark.parametrize("name", ["collection-movies.json", "collection-movies-1.json", "collected.json"])
def test_trakt_brings_what_was_collected(cast, film, name):
    lines = [
        collected(media_type="bluray", resolution="hd_1080p"),
        collected(media_type="bluray", resolution="uhd_4k"),
        collected(media_type="laserdisc"),
        collected(media_type="digital"),
        {"collected_at": "soon", "movie": HEAT},
        {"collected_at": "2019-03-05T20:00:00.000Z", "movie": HEAT, "metadata": "none"},
        {"show": {"title": "The Wire"}},
        "nothing",
        {"movie": {"title": "Nowhere to Be Found", "year": 1990}, "metadata": {"media_type": "dvd"}},
    ]
    made = bring(cast.ana, {name: json.dumps(lines)})
    assert made.source == "trakt" and made.left_out == {name: 1}
    verdicts = made.rows.order_by("line").values_list("verdict", flat=True)
    assert list(verdicts) == [*["new"] * 6, "unreadable", "unknown"]
    page = staff.logged_in(cast.ana).get(f"/accounts/data/import/{made.pk}/").text
    assert "Copy on the shelf: 4K UHD · since 5 March 2019" in page
    take_in(made)
    assert list(cast.ana.owned_copies.order_by("pk").values_list("kind", "details", "since")) == [
        ("bluray", "", date(2019, 3, 5)),
        ("uhd", "", date(2019, 3, 5)),
        ("other", "LaserDisc", date(2019, 3, 5)),
        ("digital", "", date(2019, 3, 5)),
        ("other", "", None),
        ("other", "", date(2019, 3, 5)),
    ]
    assert not cast.ana.marks.exists(), "to own a film says nothing of having seen it"
    again = bring(cast.ana, {name: json.dumps(lines[:4])})
    assert not again.rows.exclude(verdict="same").exists()


def test_undoing_takes_them_away_again_but_what_was_changed_since(cast, film):
    made = take_in(bring(cast.ana, {"collection-movies.json": json.dumps([collected(media_type="dvd")] * 2)}))
    assert cast.ana.owned_copies.count() == 2, "two lines are two copies"
    kept = cast.ana.owned_copies.first()
    change_copy(member=cast.ana, copy=kept, lent_to="Tom")
    undo(made)
    assert list(cast.ana.owned_copies.all()) == [kept]
    assert "Copy on the shelf" in staff.logged_in(cast.ana).get(f"/accounts/data/import/{made.pk}/").text


def test_what_a_copy_says_wrongly_is_left_out_and_what_is_here_is_known(cast, film, tmp_path):
    add_copy(member=cast.ana, film=film, kind="dvd", cut="extended", details="Shelf 3")
    about = {"film": {"title": "Heat", "year": 1995}}
    records = [
        about | {"kind": "dvd", "details": "Shelf 3"},
        about | {"kind": "dvd", "details": "Shelf 3"},
        about | {"kind": "papyrus", "cut": "longest", "since": "2999", "lent_to": "", "lent_on": "2024-01-01"},
        about | {"kind": "vhs", "details": "m" * 300, "lent_to": "Tom", "lent_on": "2999-01-01", "since": 12},
    ]
    copy = {
        "json/export.json": json.dumps({"format": "intermission", "version": 1}),
        "json/shelf.json": json.dumps(records),
    }
    made = bring(cast.ana, copy)
    rows = list(made.rows.order_by("line"))
    assert [row.verdict for row in rows] == ["same", "new", "new", "new"]
    dress(made, rows)
    assert rows[0].says == "DVD · Shelf 3"
    take_in(made)
    assert list(cast.ana.owned_copies.order_by("pk").values_list("kind", "since", "lent_to", "lent_on")[2:]) == [
        ("other", None, "", None), ("vhs", None, "Tom", None),
    ]  # fmt: skip
    assert len(cast.ana.owned_copies.last().details) == 120


def test_there_is_no_more_room_than_otherwise(cast, film, monkeypatch):
    monkeypatch.setattr("reviews.actions.bringing_copies.MOST_OF_A_FILM", 1)
    made = take_in(bring(cast.ana, {"collection-movies.json": json.dumps([collected(media_type="dvd")] * 2)}))
    assert OwnedCopy.objects.count() == 1 and made.rows.filter(taken_in_at=None).count() == 1


def test_the_table_has_a_line_a_copy(cast, film, tmp_path):
    add_copy(member=cast.ana, film=film, kind="dvd", details='=1+1, "loud"', since="2019", lent_to="Tom")
    with (tmp_path / "copy.zip").open("w+b") as file:
        write_archive(cast.ana, file, lambda done, of: None)
        with ZipFile(file) as archive:
            head, line = csv.reader(io.StringIO(archive.read("csv/shelf.csv").decode()))
    told = dict(zip(head, line, strict=True))
    assert told["imdbID"] == "tt0113277" and told["Title"] == "Heat" and told["Kind"] == "dvd"
    assert (told["Details"], told["Since"], told["LentTo"], told["LentOn"]) == ('=1+1, "loud"', "2019", "Tom", "")
