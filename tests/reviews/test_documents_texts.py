"""Whole texts, of other films, scales, layouts and languages, are read rightly from end to end."""

from datetime import date
from pathlib import Path

import pytest

from reviews.documents.reader import Understanding, read
from tests.reviews.expected import EXPECTED
from tests.reviews.films import SHELF

TODAY = date(2026, 1, 15)
TEXTS = {path.stem.replace("-", " "): path for path in sorted(Path(__file__).with_name("texts").glob("*.txt"))}


def understood(text: str) -> Understanding:
    return read(text, name="a.txt", catalogue=SHELF, today=TODAY)


def slug(film) -> str | None:
    return film.slug if film else None


SEEN = {
    "kind": lambda found: found.kind.value,
    "title": lambda found: found.title,
    "film": lambda found: slug(found.film.film),
    "outcome": lambda found: found.film.outcome.value,
    "half_stars": lambda found: found.rating.half_stars,
    "headings": lambda found: [heading.text for heading in found.headings],
    "people": lambda found: [named.person.name for named in found.people],
    "films": lambda found: sorted(named.film.slug for named in found.films),
    "credits": lambda found: [(c.person.name if c.person else c.name, c.job, c.character) for c in found.credits],
    "leaving": lambda found: [(slug(x.film), x.service, x.day.isoformat() if x.day else None) for x in found.leaving],
    "awards": lambda found: [(a.award, a.category, "won" if a.won else "nominated", a.year) for a in found.awards],
    "scores": lambda found: [(score.source, str(score.value), score.scale) for score in found.scores],
    "spoilers": lambda found: found.spoilers,
    "member": lambda found: found.member,
}


def test_every_text_has_its_expectation():
    assert TEXTS.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", TEXTS)
def test_it_reads(name):
    found = understood(TEXTS[name].read_bytes().decode())
    assert {key: SEEN[key](found) for key in EXPECTED[name]} == EXPECTED[name]


@pytest.mark.parametrize("name", TEXTS)
def test_it_keeps_the_text_to_the_letter(name):
    text = TEXTS[name].read_bytes().decode()
    assert text.endswith(understood(text).body)


@pytest.mark.parametrize(
    "text", ["a", "?", "★", "(", "“", "# ", "---", "---\n---\n", "\n\n\n", "A" * 3000, "1/5 " * 200]
)
def test_it_survives_texts_that_say_nothing(text):
    found = understood(text)
    assert found.film.film is None
