"""The block at the top of a text says what counts."""

from datetime import date

import pytest

from reviews.documents.frontmatter import split
from reviews.documents.kind import Kind
from reviews.documents.reader import read
from tests.reviews.films import SHELF


def front(block: str):
    return split(f"---\n{block}\n---\nBody")[0]


def test_it_is_left_off_the_text():
    for text in ("---\nkind: news\n---\nBody", "\ufeff---\r\nkind: news\r\n---\r\nBody", "---\nkind: news\n...\nBody"):
        found, begin = split(text)
        assert found.kind is Kind.NEWS and text[begin:] == "Body"


@pytest.mark.parametrize(
    "text", ["Body", "---\nBody\n---\nMore", "---\nkind: news\nBody", "----\nkind: news\n----\n", "---\n---\n"]
)
def test_it_is_none_without_both_lines_and_a_key(text):
    assert split(text) == (split("")[0], 0)


def test_it_reads_every_key():
    found = front(
        'kind: editorial essay\ntitle: "A: B"\nfilm: Heat (1995)\nrating: 4.5\nmember: @ana\nauthor: The booth\n'
        "date: 28 January 2024\nwatched: 2024-01-27\nspoilers: true\ntags: [cars, 'night drives']"
    )
    assert found.kind is Kind.ESSAY and found.title == "A: B" and found.film == "Heat (1995)"
    assert found.half_stars == 9 and found.member == "ana" and found.author == "The booth"
    assert found.date == date(2024, 1, 28) and found.watched_on == date(2024, 1, 27)
    assert found.spoilers is True and found.tags == ("cars", "night drives") and found.problems == ()


def test_it_reads_lists_on_lines_of_their_own_and_other_names_of_keys():
    found = front("# a note\nmovie: Heat\nyear: 1995\nstars: ★★★★\nkeywords:\n  - cars\n  - music\nspoiler: no")
    assert found.film == "Heat (1995)" and found.half_stars == 8 and found.tags == ("cars", "music")
    assert found.spoilers is False


@pytest.mark.parametrize("rating", ["5/5", "10/10", "A+", "100/100", "five stars", "5", "★★★★★"])
def test_it_reads_a_rating_in_any_form(rating):
    assert front(f"rating: {rating}").half_stars == 10


@pytest.mark.parametrize(
    "line",
    [
        "rating: 6",
        "rating: 3.3",
        "rating: nice",
        "kind: poem",
        "date: soon",
        "spoilers: maybe",
        "hue: red",
        "kind news",
    ],
)
def test_it_says_what_it_cannot_use(line):
    assert len(front(f"title: A\n{line}").problems) == 1


def test_it_overrides_what_the_text_says():
    text = "Heat (1995)\n\nAl Pacino shouts. I loved it. 5/5"
    found = read(
        f"---\nkind: essay\ntitle: Quiet\nfilm: her-2013\ndate: 2024-02-01\n---\n{text}",
        name="a.md", catalogue=SHELF, today=date(2024, 6, 1),
    )  # fmt: skip
    assert (found.kind, found.title, found.film.film.slug) == (Kind.ESSAY, "Quiet", "her-2013")
    assert found.rating.half_stars is None and found.body == text


@pytest.mark.parametrize(
    ("said", "slug", "outcome"),
    [
        ("heat-1995", "heat-1995", "known"),
        ("Heat (1995)", "heat-1995", "known"),
        ("Heat, 1995", "heat-1995", "known"),
        ("heat 1995", "heat-1995", "known"),
        ("Alien", "alien-1979", "known"),
        ("Blade Runner 2049", "blade-runner-2049-2017", "known"),
        ("Shining", "the-shining-1980", "known"),
        ("Heat", None, "ambiguous"),
        ("Heat (2001)", None, "unknown"),
        ("The Glass Meridian", None, "unknown"),
    ],
)
def test_its_film_is_found_or_nothing_is(said, slug, outcome):
    text = f"---\nfilm: {said}\n---\nBaby Driver is by Edgar Wright. 4/5"
    found = read(text, name="a.md", catalogue=SHELF, today=date(2024, 6, 1)).film
    assert (found.film.slug if found.film else None, found.outcome.value) == (slug, outcome)
