"""The catalogue's source has quirks; these are rows of the kinds that it really holds."""

import gzip
import json
from argparse import Namespace
from collections import Counter
from pathlib import Path

import pytest

from films.seed.build import build, read_wikipedia, same_film
from films.seed.cleaning import clean_cast, clean_genres, clean_name, clean_title, is_film
from films.seed.sources import movielens_titles


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The Cord of Life[1]", "The Cord of Life"),
        ("An Enemy to the King (film)", "An Enemy to the King"),
        ("Stronger Than Death (1920 film)", "Stronger Than Death"),
        ("The Perils of Pauline (1933 serial)", "The Perils of Pauline"),
        ("Gerhard Richter Painting\xa0[de]", "Gerhard Richter Painting"),
        ("The Boat That Rocked aka Pirate Radio", "The Boat That Rocked"),
        ("Naked Gun .mw-parser-output .frac{width:1px}33+1⁄3: The Final Insult", "Naked Gun 33⅓: The Final Insult"),
        ("(500) Days of Summer", "(500) Days of Summer"),
        ("(Untitled)", "(Untitled)"),
        ("Birdman or (The Unexpected Virtue of Ignorance)", "Birdman or (The Unexpected Virtue of Ignorance)"),
        ("M*A*S*H", "M*A*S*H"),
        ("M", "M"),
    ],
)
def test_titles(title: str, expected: str) -> None:
    assert clean_title(title) == expected


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (["Betty Nansen", "and", "Edward José"], ["Betty Nansen", "Edward José"]),
        (["Burt Young", "Madge Sinclair", ".", "Doug McKeon"], ["Burt Young", "Madge Sinclair", "Doug McKeon"]),
        (["House Peters", "Sr.", "Myrtle Stedman"], ["House Peters Sr.", "Myrtle Stedman"]),
        (["Stuart Erwin", "(", "Best Supporting Actor", "nominee)", "Patsy Kelly"], ["Stuart Erwin", "Patsy Kelly"]),
        (["Voices of", "Eva Gabor", "Bob Newhart"], ["Eva Gabor", "Bob Newhart"]),
        (["Dir.:", "Greg Marcks", "Cast:", "Shane West"], ["Shane West"]),
        (["Mira Nair", "(Director)", "Riz Ahmed", "and", "Imaad Shah"], ["Riz Ahmed", "Imaad Shah"]),
        (["Matt Harris (screenpaly)", "Melissa McCarthy"], ["Melissa McCarthy"]),
        (["writer)", "Ryan Gosling", "Emma Stone"], ["Ryan Gosling", "Emma Stone"]),
        (["the", "Columbine High School massacre"], []),
        (["culture jamming", "exploits of", "The Yes Men"], []),
        (["Lily Tomlin", "(narrator)"], ["Lily Tomlin"]),
        (["Bugs Bunny", "Mel Blanc"], ["Mel Blanc"]),
        (["50 Cent", "will.i.am", "The B-52's"], ["50 Cent", "will.i.am", "The B-52's"]),
        (["1972 Summer Olympics", "?", "X", "[2]", "(uncredited bit)"], []),
        (["Jude Law.", "Jude Law"], ["Jude Law"]),
    ],
)
def test_casts(entries: list[str], expected: list[str]) -> None:
    assert clean_cast(entries) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Robert Downey, Jr.", "Robert Downey Jr."),
        ("Efrem Zimbalist Jr", "Efrem Zimbalist Jr."),
        ("Cuba Gooding  Jr.", "Cuba Gooding Jr."),
        ("Katherine MacDonald]]", "Katherine MacDonald"),
        ("John Wood (English actor)", "John Wood"),
        ("Guinn 'Big Boy' Williams", 'Guinn "Big Boy" Williams'),
        ("Dave (Tex) O'Brien", 'Dave "Tex" O\'Brien'),
        ("Catherine O’Hara", "Catherine O'Hara"),
        ("H.E.R.", "H.E.R."),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert clean_name(name) == expected


def test_genres_are_the_sites_own() -> None:
    assert clean_genres(["Animated", "Sports", "Sport", "Live Action", "Noir", "Drama"]) == [
        "Animation",
        "Sport",
        "Film noir",
        "Drama",
    ]


def test_series_are_no_films() -> None:
    assert not is_film("Salem%27s_Lot_(1979_miniseries)")
    assert is_film("Jaws_3-D")
    assert is_film(None)


def row(title: str, year: int, cast: list[str], page: str | None) -> dict[str, object]:
    return {"title": title, "year": year, "cast": cast, "wikipedia": page, "genres": [], "sources": 1}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("In Old Chicago", 1937, ["Tyrone Power"], "A"), ("In Old Chicago", 1938, ["Tyrone Power"], "A"), True),
        (("The Lion King", 1994, ["Moira Kelly"], "A"), ("The Lion King in 3D", 2011, ["Moira Kelly"], "A"), True),
        (("The Spider", 1958, ["Ed Kemmer"], "A"), ("The Spider", 2001, ["Dan Aykroyd"], "A"), False),
        (("Carmen", 1915, ["Theda Bara"], "A"), ("Carmen", 1915, ["Geraldine Farrar"], "B"), False),
        (("Harlow", 1965, ["Carroll Baker"], "A"), ("Harlow", 1965, ["Carroll Baker"], "B"), False),
        (
            ("This Is America", 1933, ["Alois Havrilla"], None),
            ("This Is America", 1933, ["Alois Havrilla"], None),
            True,
        ),
        (("The Decoy", 1916, ["Frances Nelson"], None), ("The Decoy", 1916, ["William Garwood"], "B"), False),
    ],
)
def test_what_is_one_film(one: tuple, other: tuple, same: bool) -> None:
    assert same_film(row(*one), row(*other)) is same


@pytest.mark.parametrize(
    ("entry", "titles", "year"),
    [
        ("Toy Story (1995)", ["Toy Story"], 1995),
        (
            "City of Lost Children, The (Cité des enfants perdus, La) (1995)",
            ["The City of Lost Children", "La Cité des enfants perdus"],
            1995,
        ),
        ("Seven (a.k.a. Se7en) (1995)", ["Seven", "Se7en"], 1995),
        ("(500) Days of Summer (2009)", ["(500) Days of Summer"], 2009),
    ],
)
def test_movielens_titles(entry: str, titles: list[str], year: int) -> None:
    assert movielens_titles(entry) == (titles, year)


def test_movielens_titles_without_a_year() -> None:
    assert movielens_titles("Babylon 5") is None


def test_building_gives_the_same_bytes_and_no_doubtful_id(tmp_path: Path) -> None:
    films = [
        {"title": "Emma[1]", "year": 1996, "cast": ["Ann Noe", "and"], "genres": ["Sports"], "wikipedia": "Emma"},
        {"title": "The Film", "year": 2000, "cast": ["Ana Roe"], "genres": [], "wikipedia": "The_Film#Remake"},
        {"title": "Twins", "year": 2001, "cast": ["Ana Roe"], "genres": [], "wikipedia": "Twins_(a)"},
        {"title": "Twins", "year": 2001, "cast": ["Bo Doe"], "genres": [], "wikipedia": "Twins_(b)"},
    ]
    with gzip.open(tmp_path / "films.gz", "wt") as file:
        file.writelines(json.dumps(film) + "\n" for film in films)
    facts = {"title": "The Film", "year": 2000, "tmdb_id": 7, "runtime": 90, "genres": ["Drama"], "director": "Cy Poe"}
    (tmp_path / "short.json").write_text(json.dumps({"a": facts | {"cast": ["Ana Roe"]}}))
    (tmp_path / "full.json").write_text('{"results": []}')
    (tmp_path / "movies.csv").write_text(
        'movieId,title,genres\n1,Emma (1996),X\n2,Emma (1996),X\n3,"Film, The (2000)",X\n4,Twins (2001),X\n'
    )
    (tmp_path / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0000001,1\n2,0000002,2\n3,0000003,7\n4,0000004,\n")
    out = tmp_path / "out.gz"
    arguments = Namespace(
        wikipedia=tmp_path / "films.gz",
        tmdb=tmp_path / "short.json",
        credits=tmp_path / "full.json",
        movielens=tmp_path,
        output=out,
    )
    build(arguments)
    first = out.read_bytes()
    build(arguments)
    assert out.read_bytes() == first
    emma, film, *twins = map(json.loads, gzip.decompress(first).decode().splitlines())
    assert emma == {
        "title": "Emma",
        "year": 1996,
        "genres": ["Sport"],
        "cast": ["Ann Noe"],
        "wikipedia": "=",
        "sources": 1,
    }
    assert film == {
        "title": "The Film",
        "year": 2000,
        "runtime": 90,
        "genres": ["Drama"],
        "cast": ["Ana Roe"],
        "crew": {"director": ["Cy Poe"]},
        "imdb": "tt0000003",
        "tmdb": "7",
        "sources": 3,
    }
    assert [twin.get("imdb") for twin in twins] == [None, None]


def test_reading_counts_what_it_drops(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "films.gz", "wt") as file:
        file.write('{"title": "Lace", "year": 1984, "cast": ["and"], "genres": [], "wikipedia": "Lace_(TV_series)"}\n')
    counts: Counter[str] = Counter()
    assert list(read_wikipedia(tmp_path / "films.gz", counts)) == []
    assert counts == {"rows read": 1, "titles mended": 0, "cast entries dropped": 1, "not films": 1}
