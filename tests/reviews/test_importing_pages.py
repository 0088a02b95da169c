"""The pages of an import: what is refused beside the field, what would happen, and for whose eyes it is."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reviews.actions.importing import start_import
from reviews.actions.rating import mark_film
from reviews.importers import opening
from reviews.importers.found import MOST_SORTS
from reviews.models import Import
from tests import make
from tests.base import cost_of, words_of
from tests.cast import Cast
from tests.reviews.imports import archive, bring, read_import, take_import_in, undo_import

pytestmark = pytest.mark.django_db
HERE = "/accounts/data/import/"
HEAD = "Date,Name,Year,Letterboxd URI"
BOMB = archive({"watched.csv": HEAD + "\n" + "0" * 3_000_000})
LINES = "\n".join([HEAD, *(f"2024-01-01,Film {number},1999,x" for number in range(300))])
MIXED = archive({"diary.csv": f"{HEAD},Watched Date\n", "list.csv": "Position,Const,Title\n1,tt0113277,Heat\n"})
MANY = archive(dict.fromkeys(map(str, range(2_001)), ""))


def altered(packed_by: int) -> bytes:
    """An archive of which some bytes of what is packed in it are others."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packed_by) as pack:
        pack.writestr("watched.csv", LINES)
    content = bytearray(file.getvalue())
    content[60:120] = b"\xff" * 60
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.zip", b"PK\x03\x04 and nothing more", "damaged"),
        ("a.zip", BOMB, "grows more than 200 times"),
        ("a.zip", altered(zipfile.ZIP_DEFLATED), "lacks the columns"),
        ("a.zip", altered(zipfile.ZIP_LZMA), "lacks the columns"),
        ("a.zip", MANY, "more than 2,000 files"),
        ("a.zip", archive({"../../watched.csv": HEAD}), "leads out of it"),
        ("a.zip", archive({"readme.txt": "Hello"}), "no file in this archive that we know"),
        ("watched.csv", b"\0" * 500, "is empty"),
        ("watched.csv", b"Date,Name,Year\n\0\0a", "NUL bytes"),
        ("ratings.csv", HEAD.encode(), "lacks the columns rating"),
        ("films.csv", b"Titel;Jahr\nHeat;1995", "lacks the columns name, year"),
        ("other.csv", b"Titel;Jahr\nHeat;1995", "We do not know this table"),
        ("ratings-movies.json", b"{", "not the JSON that Trakt exports"),
        ("watcharr-export.json", b'[{"status": "FINISHED", "rat', "only a part of it"),
        ("list.json", b'{"name": "Heat"}', "We do not know this JSON file"),
        ("history.csv", b"tmdbId,imdbId,watchedAt\n949,tt0113277,2024-01-01", "lacks the columns title, year"),
        ("journal.ndjson", b'{"neodb_version": "1"}', "alone says nothing"),
        ("a.zip", MIXED, "files of Letterboxd and IMDb"),
        ("holiday.jpg", b"JFIF", "neither a ZIP archive nor"),
    ],
)
def test_it_says_what_is_wrong_with_a_file(cast: Cast, name: str, content: bytes, words: str):
    client = Client()
    client.force_login(cast.ana)
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content), "visibility": "private"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_with_more_in_it_than_anybody_watches_is_refused_before_it_is_read(cast: Cast, monkeypatch: Any):
    """Half a megabyte of ZIP became more than a gigabyte of memory: fifteen million empty lists."""
    monkeypatch.setattr(opening, "MOST_VALUES", 300)
    monkeypatch.setattr(opening, "MOST_LINES", 100)
    lists = '{"movies": [], "shows": [' + "[]," * 200 + "[]]}"
    lines = "Title,Date\n" + "Heat,1/2/23\n" * 120
    cells = f"{HEAD}{',' * 300}\n"
    for name, held in (("SimklBackup.json", lists), ("NetflixViewingHistory.csv", lines), ("watched.csv", cells)):
        for upload, content in ((name, held.encode()), ("export.zip", archive({name: held}))):
            with pytest.raises(ValidationError, match=f"“{name}” holds more than we read at once"):
                start_import(member=cast.ana, name=upload, content=content)
    assert not Import.objects.exists()
    assert start_import(member=cast.ana, name="watched.csv", content=(HEAD + ",a,2000,x\n" * 50).encode())


def test_what_is_left_out_is_told_in_so_many_words_and_no_more(cast: Cast):
    """What a file calls each of its lines is up to the file."""
    head = "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,Date Rated\n"
    lines = "".join(f"1,,sort {number},Heat,1995-12-15,,,,8,\n" for number in range(200))
    made = bring(cast.ana, {"ratings.csv": head + lines}, name="ratings.csv")
    assert len(made.left_out) == MOST_SORTS + 1 and sum(made.left_out.values()) == 200
    assert made.left_out["ratings.csv"] == 200 - MOST_SORTS
    comments = {"y" * 3000 + "/comments.csv": "Date,Content,Comment\n2020-01-01,x,Nice\n"}
    long = bring(cast.ana, comments | {"watched.csv": f"{HEAD}\n2021-05-05,Heat,1995,x\n"})
    assert [len(name) for name in long.left_out] == [200]


def test_a_member_brings_their_films_without_a_script(cast: Cast):
    """Upload, look, say which film, take in, undo; and nobody else sees any of it."""
    heat, other = make.film(title="Heat", year=1995), make.film(title="Heat", year=1986)
    mark_film(member=cast.ana, film=heat, half_stars=4)
    client, stranger = Client(), Client()
    client.force_login(cast.ana)
    stranger.force_login(cast.fay)
    files: Mapping[str, str] = {"ratings.csv": f"{HEAD},Rating\n2021-05-05,Heat,1995,x,5\n2021-05-05,Heat,1987,x,4\n"}
    upload = SimpleUploadedFile("export.zip", archive(files))
    answer = client.post(HERE, {"file": upload, "visibility": "private"})
    made = Import.objects.get()
    assert answer["Location"] == f"{HERE}{made.pk}/"
    assert "Waiting to be read" in client.get(answer["Location"]).content.decode()
    read_import(made.pk)
    page = client.get(answer["Location"]).content.decode()
    assert "1 line has no film yet" in page and "2 stars" in page and "5 stars" in page
    row = made.rows.get(verdict="ambiguous")
    here = f"{HERE}{made.pk}/rows/{row.pk}/"
    assert "Heat" in client.get(here).content.decode()
    client.post(here, {"film": other.slug})
    for path in (f"{HERE}{made.pk}/", here):
        assert stranger.get(path).status_code == 404
    assert stranger.post(f"{HERE}{made.pk}/acts/", {"do": "take_in"}).status_code == 404
    client.post(f"{HERE}{made.pk}/acts/", {"do": "take_in", "rule": "theirs"})
    client.post(f"{HERE}{made.pk}/acts/", {"do": "take_in", "rule": "mine"})  # pressed twice
    take_import_in(made.pk)
    assert list(cast.ana.marks.order_by("film__year").values_list("half_stars", "visibility")) == [
        (8, "private"), (10, "public"),
    ]  # fmt: skip
    assert "1986" not in words_of(stranger.get("/members/ana/ratings/"))
    client.post(f"{HERE}{made.pk}/acts/", {"do": "undo"})
    undo_import(made.pk)
    assert "Everything is as it was before" in client.get(f"{HERE}{made.pk}/").content.decode()
    assert list(cast.ana.marks.values_list("half_stars", flat=True)) == [4]
    client.post(f"{HERE}{made.pk}/acts/", {"do": "forget"})
    assert not Import.objects.exists()


def test_a_page_of_rows_costs_the_same_for_one_as_for_many(cast: Cast):
    client = Client()
    client.force_login(cast.ana)
    costs = []
    for number in (1, 30):
        films = [make.film(year=2000) for _n in range(number)]
        for film in films:
            mark_film(member=cast.ana, film=film, half_stars=4)
        lines = "\n".join(f"2021-05-05,{film.title},2000,x,5" for film in films)
        made = bring(cast.ana, {"ratings.csv": f"{HEAD},Rating\n{lines}\n"})
        assert made.rows.filter(verdict="conflict").count() == number
        costs.append(cost_of(client, f"{HERE}{made.pk}/"))
    assert costs[0] == costs[1] <= 13
