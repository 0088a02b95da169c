import re

import pytest
from django.core.management import CommandError

from config.env import BASE_DIR
from films import record
from films.management.commands.import_catalogue import Command
from films.models import Film, Source
from tests.films.importing import assert_second_run_changes_nothing, run_import

pytestmark = pytest.mark.django_db
TABLE = """year,cast,title,imdb,countries,directors,runtime_minutes,release_date,synopsis
2017,Ansel Elgort (Baby); Lily James (Debora);Jon Hamm,Baby Driver,tt3890160,us; GB,Edgar Wright,113,2017-06-28,"A man,
who hears music."
1927,,Metropolis,,,,,,
,,,,,,,,
"""


def table(tmp_path, text, name="films.csv", encoding="utf-8"):
    place = tmp_path / name
    place.write_bytes(text.encode(encoding))
    return place


def test_it_reads_columns_in_any_order(tmp_path):
    place = table(tmp_path, TABLE)
    assert run_import("csv", place).counts == (2, 0, 0, 0, 0)
    film = Film.objects.get(slug="baby-driver-2017")
    assert (film.runtime_minutes, str(film.release_date), film.origin) == (113, "2017-06-28", Source.CSV)
    assert film.synopsis == "A man,\nwho hears music."
    cast = [(row["name"], row["character"]) for row in record.read(film, "credits.actor")]
    assert cast == [("Ansel Elgort", "Baby"), ("Lily James", "Debora"), ("Jon Hamm", "")]
    assert record.read(film, "countries") == ["GB", "US"] and record.read(film, "ids.imdb") == "tt3890160"
    assert_second_run_changes_nothing("csv", place)


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8-sig"), (";", "latin-1"), ("\t", "utf-8")])
def test_it_finds_out_the_separator_and_the_encoding(tmp_path, separator, encoding):
    text = separator.join(["Title", "Year", "Director"]) + "\r\n" + separator.join(["Amélie", "2001", "Émile Zola"])
    run_import("csv", table(tmp_path, text, encoding=encoding))
    film = Film.objects.get()
    assert (film.title, film.year) == ("Amélie", 2001)
    assert record.read(film, "credits.director")[0]["name"] == "Émile Zola"


def test_options_stand_where_the_documentation_has_them():
    """`call_command` would not see that argparse takes none of the paths behind one."""
    lines = re.findall(
        r"^    manage\.py import_catalogue (.*?)(?:\s{2,}#.*)?$",
        (BASE_DIR / "docs/importing.md").read_text(),
        re.MULTILINE,
    )
    parser = Command().create_parser("manage.py", "import_catalogue")
    asked = [parser.parse_args(line.split()) for line in lines if not line.startswith("SOURCE")]
    assert [(one.source, one.paths) for one in asked] == [
        ("tmdb", ["answers/"]), ("tmdb", ["339403", "87421"]), ("tmdb", []),
    ]  # fmt: skip
    assert parser.parse_args(["csv", "--dry-run", "a.csv", "--by", "cora", "b.csv"]).paths == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Reel,1999,x,y", "films.csv:3: The line has more cells"),
        ("Reel,soon,", "films.csv:3: Its year is no year"),
        (",1999,", "films.csv:3: It has no title"),
        ("x" * 300 + ",1999,", "films.csv:3: Its title is longer"),
        ("Reel,1999,many", "films.csv:3: Its column “runtime_minutes” cannot be read"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(tmp_path, line, says):
    told = run_import("csv", table(tmp_path, f"title,year,runtime\nFirst,1999,90\n{line}\nLast,1999,\n"))
    assert says in told.errors
    assert {"First", "Last"} <= set(Film.objects.values_list("title", flat=True))


def test_the_lines_count_as_an_editor_counts_them(tmp_path):
    told = run_import("csv", table(tmp_path, 'title,year,synopsis\nFirst,1999,"one\ntwo\nthree"\n,1999,\n'))
    assert "films.csv:5: It has no title." in told.errors


def test_an_open_quote_and_columns_that_nobody_reads_are_told(tmp_path):
    """The film of the open quote is not stored with all that follows in its title."""
    for end in ("", "\n"):
        sent = table(tmp_path, f'title,year,directers\n12" Reel,1999,\n"Open,1999,\nLost,1999,{end}')
        told = run_import("csv", sent)
        assert "films.csv:3: The line cannot be read: a cell is too long, or a quote is open." in told.errors
        assert "films.csv:1: Columns that are not known are passed over: directers." in told.errors
        assert list(Film.objects.values_list("title", flat=True)) == ['12" Reel']
    told = run_import("csv", table(tmp_path, "title,name,year\n\u200b,Two,1999\n", "twice.csv"))
    assert "twice.csv:1: Two columns are of one kind, of which the last is read: title." in told.errors


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "Baby Driver,2017\n"])
def test_a_table_without_a_header_is_refused(tmp_path, text):
    with pytest.raises(CommandError):
        run_import("csv", table(tmp_path, text))


def test_a_code_that_nobody_knows_is_told(tmp_path):
    told = run_import("csv", table(tmp_path, "title,year,countries\nReel,1999,QQ; FR\n"))
    assert "countries or languages that nobody knows" in told.errors
    assert record.read(Film.objects.get(), "countries") == ["FR"]


def test_a_row_without_a_title_tells_only_of_a_film_that_its_id_names(tmp_path):
    run_import("csv", table(tmp_path, TABLE))
    told = run_import("csv", table(tmp_path, "imdb,tagline\ntt3890160,Words of ours\ntt0000001,Lost\n", "more.csv"))
    assert told.counts == (0, 1, 0, 0, 1) and "more.csv:3: " in told.errors
    assert Film.objects.get(slug="baby-driver-2017").tagline == "Words of ours"
