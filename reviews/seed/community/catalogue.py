"""Films: what they are called, when and where they were made, how well known and how good they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from films.models import AlternativeTitle, Film
from films.names import film_base, roman, sort_title
from films.search import search_text_for
from reviews.seed.community.chance import long_tail
from reviews.seed.community.columns import EPOCH, Array
from reviews.seed.community.lines import NULL, copy_lines, days, safe
from reviews.seed.community.sizes import Sizes
from reviews.seed.community.stock import in_script, words
from reviews.seed.community.titles import Titles

# How often each comes up.
GENRES: Final = {
    "Drama": 26, "Comedy": 18, "Thriller": 7, "Romance": 7, "Action": 6, "Horror": 6, "Documentary": 6, "Crime": 5,
    "Animation": 3, "Adventure": 3, "Family": 2, "Mystery": 2, "Science fiction": 3, "Fantasy": 2, "War": 2,
    "Western": 2, "Musical": 2, "History": 2, "Biography": 2, "Sport": 1,
}  # fmt: skip
COUNTRIES: Final = {
    "US": ("en", 300), "GB": ("en", 80), "FR": ("fr", 75), "IN": ("hi", 70), "JP": ("ja", 60), "DE": ("de", 50),
    "IT": ("it", 50), "ES": ("es", 35), "KR": ("ko", 30), "CN": ("zh", 30), "CA": ("en", 28), "RU": ("ru", 25),
    "BR": ("pt", 22), "MX": ("es", 22), "SE": ("sv", 16), "AR": ("es", 15), "AU": ("en", 15), "PL": ("pl", 14),
    "TR": ("tr", 13), "NL": ("nl", 11), "DK": ("da", 11), "GR": ("el", 10), "HK": ("zh", 10), "IR": ("fa", 10),
    "EG": ("ar", 10), "BE": ("fr", 9), "HU": ("hu", 8), "NO": ("no", 8), "FI": ("fi", 8), "CZ": ("cs", 8),
    "PT": ("pt", 7), "RO": ("ro", 6), "UA": ("uk", 6), "IL": ("he", 6), "IE": ("en", 6), "AT": ("de", 6),
    "BG": ("bg", 4), "NG": ("en", 8), "NZ": ("en", 4), "CL": ("es", 4),
}  # fmt: skip
OWN_SCRIPT: Final = {"ja", "ko", "zh", "ru", "uk", "bg", "el", "fa", "ar", "he"}
FIRST_FILM: Final = 1896
AHEAD: Final = 2  # years from which some films are announced
STEEP, FLAT = 1.06, 25.0  # of the long tail: of 1,000,000 films, the first thousand have half of the ratings


@dataclass
class Films:
    """What everything else needs to know of the films, in the order of their ids."""

    ids: Array
    years: Array
    released: Array  # days since 2000
    genre: Array  # the main one, a place in GENRES
    country: Array  # a place in COUNTRIES
    quality: Array  # the half stars that they get on average
    weight: Array  # how much they are seen
    upcoming: Array
    hot: int  # the place of the one that everybody talks about

    def __len__(self) -> int:
        return len(self.ids)


def _share(often: list[int]) -> Array:
    return np.array(often, dtype=float) / sum(often)


def invent(sizes: Sizes, first_id: int) -> Films:
    """The films' figures; `write` gives them their words."""
    rng, number = np.random.default_rng([sizes.seed, 1]), sizes.films
    years = sizes.day.year - ((sizes.day.year - FIRST_FILM) * rng.random(number) ** 2.4).astype(np.int16)
    upcoming = rng.random(number) < 0.008
    years[upcoming] += rng.integers(0, AHEAD + 1, upcoming.sum(), dtype=np.int16)
    begins = (years.astype(np.int64) - 1970).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64) - 10_957
    released = begins + rng.integers(0, 365, number)
    today = (sizes.day - EPOCH.date()).days
    late = ~upcoming & (released > today)
    released[late] = today - rng.integers(0, max(1, sizes.day.timetuple().tm_yday), late.sum())
    soon = upcoming & (released <= today)
    released[soon] = today + rng.integers(1, max(2, 366 - sizes.day.timetuple().tm_yday), soon.sum())
    country = rng.choice(len(COUNTRIES), number, p=_share([often for _language, often in COUNTRIES.values()]))
    weight = long_tail(rng, number, steep=STEEP, flat=FLAT, leaning=(years - sizes.day.year) / 40 + (country == 0) / 2)
    quality = rng.normal(6.6, 1.1, number) + np.minimum(np.log10(weight * FLAT**STEEP), 0) * 0.12
    return Films(
        ids=np.arange(first_id, first_id + number), years=years, released=released,
        genre=rng.choice(len(GENRES), number, p=_share(list(GENRES.values()))), country=country,
        quality=quality.clip(2, 9.3), weight=weight, upcoming=upcoming,
        hot=int(np.argmax(np.where(upcoming, 0, weight))) if number else 0,
    )  # fmt: skip


@dataclass(frozen=True)
class Named:
    """What `search_text_for` reads of a film: a whole model costs ten times as much to make."""

    title: str
    original_title: str
    year: int


FACTS: Final = [
    "id", "slug", "title", "original_title", "sort_title", "year", "release_date", "runtime_minutes", "tagline",
    "synopsis", "search_text", "renown", "created_at",
]  # fmt: skip


class Writer:
    """Gives the films their words, one after the other."""

    def __init__(self, sizes: Sizes, films: Films, taken: set[str]) -> None:
        self.sizes, self.films, self.taken = sizes, films, taken
        self.rng = np.random.default_rng([sizes.seed, 2])
        self.titles = Titles(self.rng, len(films))
        self.numbers: dict[str, int] = {}
        self.elsewhere: list[tuple[int, str, str, str]] = []

    def write(self, directors: list[list[str]], cast_: list[list[str]], counted: dict[str, list[str]]) -> None:
        """COPY them with who made them, and with what is counted of them already."""
        rows = zip(self._facts(directors, cast_), zip(*counted.values(), strict=True), strict=True)
        copy_lines(Film, [*FACTS, *counted], (f"{facts}\t{'\t'.join(tally)}" for facts, tally in rows))
        titles = (f"{film}\t{safe(title)}\t{country}\t{language}" for film, title, country, language in self.elsewhere)
        copy_lines(AlternativeTitle, ["film", "title", "country", "language"], titles)

    def _facts(self, directors: list[list[str]], cast_: list[list[str]]) -> Iterator[str]:
        films, rng, number = self.films, self.rng, len(self.films)
        codes = list(COUNTRIES)
        years = films.years.tolist()
        runtimes = np.where(rng.random(number) < 0.12, rng.integers(2, 41, number), rng.normal(103, 17, number))
        lengths = runtimes.astype(np.int64).clip(1, 400).tolist()
        released = days(films.released)
        renown = (films.weight / films.weight.max() * 90_000).astype(np.int64).tolist() if number else []
        fates = rng.random((number, 4)).tolist()
        draws = rng.integers(0, 2**31, (number, 2)).tolist()
        added = f"{self.sizes.day.replace(year=self.sizes.day.year - 6, day=1).isoformat()} 00:00:00"
        rows = zip(
            films.ids.tolist(), self.titles.draw(years), years, films.country.tolist(), lengths, released, renown,
            fates, draws, directors, cast_, strict=True,
        )  # fmt: skip
        for film, title, year, country, length, day, known, fate, draw, who, leads in rows:
            code = codes[country]
            language = COUNTRIES[code][0]
            title, original, more = self._languages(film, title, code, language, fate, draw)
            named = cast(Film, Named(title, original, year))
            text = search_text_for(named, titles=more, directors=who, cast=leads)
            tagline, synopsis = self._said(fate, draw)
            yield "\t".join((
                str(film), self._address(title, year), title, original, sort_title(title)[:250], str(year),
                day if fate[0] < 0.9 else NULL, str(length) if fate[1] < 0.96 else NULL, tagline, synopsis, safe(text),
                str(known), added,
            ))  # fmt: skip

    def _languages(
        self, film: int, title: str, code: str, language: str, fate: list[float], draw: list[int]
    ) -> tuple[str, str, list[str]]:
        """The title, the original one where it is another, and those elsewhere."""
        original, more = "", []
        if language != "en" and fate[2] < 0.75:
            coined = self.titles.places[draw[0] % len(self.titles.places)]
            second = self.titles.surnames[draw[1] % len(self.titles.surnames)]
            if language in OWN_SCRIPT:
                gap = "" if language in {"ja", "zh"} else " "
                original = f"{in_script(language, coined, draw[0])}{gap}{in_script(language, second, draw[1])}"
            else:
                original = f"{coined} {second.lower()}"
            if fate[2] < 0.04:
                title, original = original, ""
        if fate[3] < 0.08:
            there = "GB" if code == "US" else "US"
            other = f"{words('adjectives')[draw[1] % 200]} {title}"
            self.elsewhere.append((film, other, there, "en"))
            more = [other]
        return title, original, more

    def _said(self, fate: list[float], draw: list[int]) -> tuple[str, str]:
        taglines, synopses, nouns = words("taglines"), words("synopses"), words("nouns")
        tagline = taglines[draw[0] % len(taglines)] if fate[3] > 0.75 else ""
        if fate[2] > 0.8 and fate[3] < 0.5:
            return tagline, ""
        given, people = words("given"), words("characters")
        said = synopses[draw[1] % len(synopses)].format(
            noun=nouns[draw[0] % len(nouns)].lower(), place=self.titles.places[draw[1] % len(self.titles.places)],
            name=given[draw[0] % len(given)], role=people[draw[1] % len(people)].lower(),
        )  # fmt: skip
        return tagline, said

    def _address(self, title: str, year: int) -> str:
        """As films/names.py says: namesakes of one year get numbers."""
        base = film_base(roman(title), year)
        number = self.numbers.get(base, 0) + 1
        slug = base if number == 1 else f"{base}-{number}"
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self.numbers[base] = number
        self.taken.add(slug)
        return slug
