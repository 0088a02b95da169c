"""Takes what is wanted of the files into the importer's tables, in constant memory."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from films.importers.imdb import words
from films.importers.imdb.reading import NOTHING, Lines, Numbers, Show, number_of
from films.importers.imdb.tables import Filling, filling, safe
from films.importers.reporting import Report
from films.models import Country, Genre, Language
from films.models.film import FIRST_YEAR, LAST_YEAR
from films.names import film_base, normalise, person_base, sort_title_of, spelt
from films.scripts import ways_to_spell
from films.seed.load import add_terms

LONGEST_TITLE: Final = 250
LONGEST_NAME: Final = 150
LONGEST_CHARACTER: Final = 200
LONGEST_RUNTIME: Final = 6000
NO_YEAR: Final = gettext_noop("The year is none.")  # translated where it is needed: there are a million lines
NO_RUNTIME: Final = gettext_noop("The running time is none.")
AFTER_PRINCIPALS: Final = 1000  # where the crew of title.crew comes, who are not among the principals


def _spelt(key: str) -> str:
    """A normalised title, and on a further line how it sounds if it is in another script, for COPY."""
    return safe(key) if key.isascii() else "\\n".join(map(safe, ways_to_spell(key)))


class Staging:
    """Reads one file after the other; what later ones are asked for is known from the earlier ones."""

    def __init__(self, report: Report, *, all_titles: bool, adult: bool) -> None:
        self.report, self.adult = report, adult
        self.kinds = words.ALL if all_titles else words.FILM
        self.episodes, self.titles, self.people = Numbers(), Numbers(), Numbers()
        self.genres: dict[str, str] = {}

    def read(self, name: str, path: Path, show: Show) -> None:
        columns, reader = READERS[name]
        reader(self, Lines(path, columns, self.report, show))

    def read_episodes(self, lines: Lines) -> None:
        for (text,) in lines:
            if number := number_of(text, "tt"):
                self.episodes.add(number)
            else:
                lines.skip(_("The line begins with no id of a title."))

    def read_titles(self, lines: Lines) -> None:
        with filling("imdb_title") as target:
            for fields in lines:
                line = self._title(lines, *fields)
                if line:
                    target.add(line)

    def _title(
        self, lines: Lines, text: str, kind: str, title: str, original: str, adult: str, year: str, minutes: str,
        genres: str,
    ) -> str | None:  # fmt: skip
        number, title, original = number_of(text, "tt"), " ".join(title.split()), " ".join(original.split())
        if not number:
            lines.skip(_("The line begins with no id of a title."))
        elif kind not in self.kinds or number in self.episodes:
            self.report.leave_out(_("Titles that are no films."))
        elif adult not in {"0", "1"}:
            lines.skip(_("Whether the title is for adults alone is neither 0 nor 1."))
        elif adult == "1" and not self.adult:
            self.report.leave_out(_("Films for adults alone."))
        elif title in {"", NOTHING} or len(title) > LONGEST_TITLE:
            lines.skip(_("The film has no title, or one of more than 250 characters."))
        elif not self.titles.add(number):
            lines.skip(_("The same id stood in an earlier line."))
        else:
            original = "" if original in {title, NOTHING} or len(original) > LONGEST_TITLE else original
            return self._film(lines, number, title, original, year, minutes, genres)
        return None

    def _film(
        self, lines: Lines, number: int, title: str, original: str, year: str, minutes: str, genres: str
    ) -> str:  # fmt: skip
        key, of_year = normalise(title), self._whole(lines, year, FIRST_YEAR, LAST_YEAR, NO_YEAR)
        length = self._whole(lines, minutes, 1, LONGEST_RUNTIME, NO_RUNTIME)
        named = [self._genre(lines, word) for word in genres.split(",")] if genres != NOTHING else []
        elsewhere = _spelt(normalise(original)) if original else ""
        return (
            f"{number}\t{safe(title)}\t{safe(original)}\t{_spelt(key)}\t{elsewhere}\t"
            f"{safe(sort_title_of(key)[:LONGEST_TITLE])}\t{film_base(spelt(key), of_year)}\t"
            f"{of_year or NOTHING}\t{length or NOTHING}\t{','.join(filter(None, named))}"
        )

    def _whole(self, lines: Lines, text: str, least: int, most: int, doubt: str) -> int | None:
        if text == NOTHING:
            return None
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
        if least <= number <= most:
            return number
        lines.doubt(_(doubt))
        return None

    def _genre(self, lines: Lines, word: str) -> str:
        """The genre as the house calls it."""
        if word not in self.genres:
            plain = word.replace("-", "").isalpha() and slugify(word) and len(word) <= 40
            if not plain or len(self.genres) > 200:
                lines.doubt(_("The genre is none."))
                return ""
            self.genres[word] = words.GENRES.get(word, word)
        return word

    def read_principals(self, lines: Lines) -> None:
        """Somebody who stands twice in one job of a film gets one credit with both characters."""
        last, number = "", 0
        film: dict[tuple[int, str], list[str]] = {}
        with filling("imdb_credit") as target:
            for text, ordering, who, category, job, characters in lines:
                if text != last:
                    _give(film, target)
                    last, number = text, number_of(text, "tt")
                    if not number:
                        lines.skip(_("The line begins with no id of a title."))
                if number and number in self.titles:
                    self._principal(lines, film, number, ordering, who, category, job, characters)
            _give(film, target)

    def _principal(
        self, lines: Lines, film: dict[tuple[int, str], list[str]], number: int, ordering: str, who: str,
        category: str, words_of_job: str, characters: str,
    ) -> None:  # fmt: skip
        person = number_of(who, "nm")
        if not person or not ordering.isdigit() or not ordering.isascii() or len(ordering) > 6:
            lines.skip(_("The credit has no id of a person, or no place."))
            return
        self.people.add(person)
        job, detail = words.job_of(category, words_of_job)
        character = words.characters_of(characters)[:LONGEST_CHARACTER] if characters != NOTHING else ""
        row = film.get((person, job))
        if row is None:
            film[person, job] = [str(number), str(person), job, ordering, character, detail, str(lines.line)]
        elif character and character not in row[4].split(" / "):
            row[4] = " / ".join(filter(None, [row[4], character]))[:LONGEST_CHARACTER]

    def read_crew(self, lines: Lines) -> None:
        seen = Numbers()
        with filling("imdb_credit") as target:
            for text, directors, writers in lines:
                number = number_of(text, "tt")
                if not number:
                    lines.skip(_("The line begins with no id of a title."))
                elif number not in self.titles:
                    continue
                elif not seen.add(number):
                    lines.skip(_("The same id stood in an earlier line."))
                else:
                    for job, names in (("director", directors), ("writer", writers)):
                        for place, who in enumerate(names.split(",") if names != NOTHING else ()):
                            if person := number_of(who, "nm"):
                                self.people.add(person)
                                target.add(f"{number}\t{person}\t{job}\t{AFTER_PRINCIPALS + place}\t\t\t{-lines.line}")
                            else:
                                lines.doubt(_("The credit has no id of a person, or no place."))

    def read_names(self, lines: Lines) -> None:
        seen = Numbers()
        with filling("imdb_name") as target:
            for text, name in lines:
                number, name = number_of(text, "nm"), " ".join(name.split())
                if not number:
                    lines.skip(_("The line begins with no id of a person."))
                elif number not in self.people:
                    continue
                elif name in {"", NOTHING} or len(name) > LONGEST_NAME:
                    lines.skip(_("The person has no name, or one of more than 150 characters."))
                elif not seen.add(number):
                    lines.skip(_("The same id stood in an earlier line."))
                else:
                    key = normalise(name)
                    target.add(f"{number}\t{safe(name)}\t{safe(key)}\t{person_base(spelt(key))}")

    def read_akas(self, lines: Lines) -> None:
        countries = {code: code for code in Country.objects.values_list("code", flat=True)} | words.COUNTRIES
        languages = {code: code for code in Language.objects.values_list("code", flat=True)} | words.LANGUAGES
        countries |= dict.fromkeys(words.REGIONS | {NOTHING}, NOTHING)
        languages[NOTHING] = NOTHING
        with filling("imdb_aka") as target:
            for text, title, region, language, is_original in lines:
                number, title = number_of(text, "tt"), " ".join(title.split())
                if not number:
                    lines.skip(_("The line begins with no id of a title."))
                elif number not in self.titles or is_original == "1":
                    continue
                elif title in {"", NOTHING} or len(title) > LONGEST_TITLE:
                    lines.skip(_("The film has no title, or one of more than 250 characters."))
                elif region not in countries or language not in languages:
                    lines.skip(_("The country or the language of the title is unknown."))
                elif (code := countries[region]) != NOTHING or languages[language] != NOTHING:
                    target.add(f"{number}\t{safe(title)}\t{_spelt(normalise(title))}\t{code}\t{languages[language]}")
                else:
                    self.report.leave_out(_("Titles elsewhere without a country or a language."))

    def read_ratings(self, lines: Lines) -> None:
        seen = Numbers()
        with filling("imdb_rating") as target:
            for text, rating, votes in lines:
                number = number_of(text, "tt")
                if not number:
                    lines.skip(_("The line begins with no id of a title."))
                elif number not in self.titles:
                    continue
                elif not _is_score(rating) or not (votes.isascii() and votes.isdigit() and len(votes) < 12):
                    lines.skip(_("The rating, or its number of votes, is not a number."))
                elif not seen.add(number):
                    lines.skip(_("The same id stood in an earlier line."))
                else:
                    target.add(f"{number}\t{rating}\t{votes}")

    def keep_genres(self) -> None:
        """Add the genres that are new, and remember which is which."""
        add_terms([{"genres": list(self.genres.values())}])
        there = {key: pk for pk, *keys in Genre.objects.values_list("pk", "name", "slug") for key in keys}
        with filling("imdb_genre") as target:
            for word, name in self.genres.items():
                target.add(f"{word}\t{there.get(slugify(name)) or there[name]}")


def _give(film: dict[tuple[int, str], list[str]], target: Filling) -> None:
    """Send the credits of a film on their way, and forget them."""
    for row in film.values():
        target.add(safe("\t".join(row)))
    film.clear()


def _is_score(text: str) -> bool:
    whole, _point, part = text.partition(".")
    plain = text.isascii() and whole.isdigit() and (part.isdigit() or not part) and len(whole) < 3 and len(part) < 3
    return plain and float(text) <= 10


READERS: Final[dict[str, tuple[tuple[str, ...], Callable[[Staging, Lines], None]]]] = {
    "title.episode": (("tconst",), Staging.read_episodes),
    "title.basics": (
        ("tconst", "titleType", "primaryTitle", "originalTitle", "isAdult", "startYear", "runtimeMinutes", "genres"),
        Staging.read_titles,
    ),
    "title.principals": (
        ("tconst", "ordering", "nconst", "category", "job", "characters"), Staging.read_principals
    ),
    "title.crew": (("tconst", "directors", "writers"), Staging.read_crew),
    "name.basics": (("nconst", "primaryName"), Staging.read_names),
    "title.akas": (("titleId", "title", "region", "language", "isOriginalTitle"), Staging.read_akas),
    "title.ratings": (("tconst", "averageRating", "numVotes"), Staging.read_ratings),
}  # fmt: skip
