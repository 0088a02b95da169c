import gzip

import pytest
from django.core.management import CommandError

from films.models import Film, ImportRun
from tests import make
from tests.films.importing import run_import

pytestmark = pytest.mark.django_db
GOOD = {
    "tmdb": b'{"id": 7, "title": "Reel", "release_date": "1999-03-31"}',
    "wikipedia": b'{"title": "Reel", "year": 1999}',
    "wikidata": b'{"head": {}, "results": {"bindings": [{"film": {"value": "http://www.wikidata.org/entity/Q7"},'
    b' "filmLabel": {"value": "Reel"}}]}}',
    "csv": b"title,year\nReel,1999\n",
}
BAD = {
    "empty": (b"", "It is empty."),
    "blank": (b"\xef\xbb\xbf \n\n", "It is empty."),
    "nul": (b"\0" * 4000, "NUL bytes"),
    "utf16": ("\ufefftitle".encode("utf-16-le"), "It is UTF-16."),
    "packed": (gzip.compress(b"[1, 2, 3]" * 900)[:40], "It cannot be read"),
}
BAD_JSON = {
    "cut": (b'{"title": "Reel", "year": 1999, "cast": [', "cut off"),
    "cut list": (b'[{"title": "A", "year": 1999}, {"title": "B", "ye', "after entry 1"),
    "latin-1": ('{\n"title": "Amélie"}'.encode("latin-1"), "It is not UTF-8"),
    "words": (b"Dear Sir,\nhere are my films.\n", "It is no JSON"),
    "deep": (b"[" * 200_000, "It is no JSON"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("source", GOOD)
def test_a_bad_file_is_named_with_the_reason_and_the_others_go_on(tmp_path, source, kind):
    content, reason = BAD[kind]
    ending = ".csv" if source == "csv" else ".json"
    (tmp_path / f"a{ending}").write_bytes(content)
    (tmp_path / f"b{ending}").write_bytes(GOOD[source])
    told = run_import(source, tmp_path)
    assert f"a{ending}: " in told.errors and reason in told.errors
    assert told.counts == (1, 0, 0, 0, 1) and Film.objects.get().title == "Reel"


@pytest.mark.parametrize("kind", BAD_JSON)
@pytest.mark.parametrize("source", ["tmdb", "wikipedia", "wikidata"])
def test_json_that_is_none_is_named_with_the_reason(tmp_path, source, kind):
    content, reason = BAD_JSON[kind]
    (tmp_path / "a.json").write_bytes(content)
    (tmp_path / "b.json").write_bytes(GOOD[source])
    told = run_import(source, tmp_path)
    assert reason in told.errors and told.run.skipped >= 1
    assert Film.objects.filter(title="Reel").count() == 1


def test_a_bad_line_costs_that_line_alone(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(
        GOOD["wikipedia"] + b'\n{"title": "Am\xe9lie"}\n{"ti\n\n{"title": "Last", "year": 1}\n'
    )
    told = run_import("wikipedia", tmp_path / "a.jsonl")
    assert "a.jsonl:2: It is not UTF-8." in told.errors and "a.jsonl:3: It is no JSON" in told.errors
    assert set(Film.objects.values_list("title", flat=True)) == {"Reel", "Last"}


def test_a_list_longer_than_one_piece_is_read_value_by_value(tmp_path):
    rows = ",\n".join(f'{{"title": "Reel {number}", "year": 1999, "x": "{"y" * 400}"}}' for number in range(400))
    (tmp_path / "a.json").write_text(f"[{rows}]")
    assert run_import("wikipedia", tmp_path / "a.json").run.new == 400


@pytest.mark.parametrize("paths", [(), ("/nowhere/at/all",)])
def test_without_a_file_nothing_begins(paths):
    with pytest.raises(CommandError):
        run_import("csv", *paths)
    assert not ImportRun.objects.exists()


def test_only_a_curator_imports_by_name(tmp_path):
    (tmp_path / "a.csv").write_bytes(GOOD["csv"])
    for name in ("nobody", make.member().username):
        with pytest.raises(CommandError, match="no curator"):
            run_import("csv", tmp_path / "a.csv", by=name)
