"""What members say that films contain, counted; what is told of it, and what one asked to be told of."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import ngettext

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.models import ContentNote, Film
from reviews.models import Category, Caution, ContentCount, ContentVote, Level
from reviews.models.guidance import NO, YES, nobody_yet
from reviews.voices import percentages

ENOUGH: Final = 5  # votes; of fewer nothing is told, as they would say what one of them said
# Of so many of all votes one speaks as of what members say; a few who err, or mean ill, do not turn it round.
MOST_OF: Final = (3, 4)


@dataclass(frozen=True)
class Bar:
    """How many say one level of a category. `share`: in whole percent; those of a category sum to 100."""

    level: Level
    count: int
    share: int
    is_most: bool


@dataclass(frozen=True)
class SaidOfCategory:
    category: Category
    answers: Sequence[int]

    @property
    def votes(self) -> int:
        return sum(self.answers)

    @property
    def is_told(self) -> bool:
        return self.votes >= ENOUGH

    @property
    def level(self) -> Level:
        """What most say; of two that as many say, the stronger."""
        return max(Level, key=lambda level: (self.answers[level], level))

    @property
    def count(self) -> int:
        """How many say that."""
        return self.answers[self.level]

    @property
    def is_clear(self) -> bool:
        """Whether at least half of them say the same."""
        return 2 * self.count >= self.votes

    @property
    def bars(self) -> list[Bar]:
        shares = percentages(self.answers)
        return [Bar(level, self.answers[level], shares[level], level == self.level) for level in Level]


@dataclass(frozen=True)
class SaidOfNote:
    """`is_fact`: the catalogue says so, whatever members say."""

    slug: str
    name: str
    answers: Sequence[int]
    is_fact: bool = False

    @property
    def yes(self) -> int:
        return self.answers[YES]

    @property
    def no(self) -> int:
        return self.answers[NO]

    @property
    def votes(self) -> int:
        return self.yes + self.no

    @property
    def is_told(self) -> bool:
        return self.votes >= ENOUGH

    @property
    def is_there(self) -> bool:
        """Whether members say so."""
        return self.is_told and self._is_most(self.yes)

    @property
    def is_absent(self) -> bool:
        return self.is_told and self._is_most(self.no)

    def _is_most(self, number: int) -> bool:
        part, whole = MOST_OF
        return number * whole >= self.votes * part


@dataclass(frozen=True)
class Guidance:
    """All that is said of one film."""

    categories: list[SaidOfCategory]
    notes: list[SaidOfNote]

    @cached_property
    def told(self) -> list[SaidOfCategory]:
        return [said for said in self.categories if said.is_told]

    @cached_property
    def answered(self) -> list[SaidOfNote]:
        """Notes of which the catalogue or any member says something."""
        return [said for said in self.notes if said.votes or said.is_fact]

    @cached_property
    def there(self) -> list[SaidOfNote]:
        """What members say that it contains, without what the catalogue says anyway."""
        return [said for said in self.notes if said.is_there and not said.is_fact]


def with_agreement(counts: Any) -> Any:
    """Counts of notes with `yes`, `no` and `votes`, those alone of which members say that they are true."""
    part, whole = MOST_OF
    counted = counts.filter(note__isnull=False).annotate(yes=F(f"answers__{YES}"), no=F(f"answers__{NO}"))
    told = counted.annotate(votes=F("yes") + F("no")).filter(votes__gte=ENOUGH)
    return told.filter(yes__gte=F("votes") * part / float(whole))


def with_guidance(films: Any, film: Any) -> Any:
    """Films with `guidance_list`, for `guidance_of`. `film`: how the rows name the film."""
    rows = ContentCount.objects.filter(film=film).order_by("category", "note__name")
    said = JSONObject(category="category", slug="note__slug", name="note__name", answers="answers")
    return films.annotate(guidance_list=ArraySubquery(rows.values(_row=said)))


def with_cautions(films: Any, viewer: Viewer) -> Any:
    """Films with `caution_list`, the slugs of the notes of which the viewer wants to be told."""
    return films.annotate(caution_list=ArraySubquery(Caution.objects.visible_to(viewer).values("note__slug")))


def guidance_of(
    rows: Iterable[Mapping[str, Any]], facts: Iterable[Mapping[str, Any]], asked: Iterable[ContentNote] = ()
) -> Guidance:
    """Of the rows of `with_guidance`, and of the notes that the catalogue has of the film. No query.

    With all that may be `asked`, in that order; else of what somebody said anything about.
    """
    names = {note.slug: note.name for note in asked}
    there = {fact["slug"] for fact in facts}
    levels, notes = dict[str, Sequence[int]](), dict[str, Sequence[int]]()
    for row in rows:
        if row["category"]:
            levels[row["category"]] = row["answers"]
        else:
            notes[row["slug"]] = row["answers"]
            names.setdefault(row["slug"], row["name"])
    return Guidance(
        [SaidOfCategory(category, levels.get(category, nobody_yet())) for category in Category],
        [SaidOfNote(slug, name, notes.get(slug, nobody_yet()), slug in there) for slug, name in names.items()],
    )


def guidance_on(film: Film) -> Guidance:
    """All that may be asked of the film, with what is said of it. Three queries."""
    rows = with_guidance(Film.objects.filter(pk=film.pk), film.pk).values_list("guidance_list", flat=True).get()
    return guidance_of(rows, list(film.content_notes.values("slug")), ContentNote.objects.all())


@dataclass(frozen=True)
class Own:
    """What one member says of a film: levels by category, and whether notes are true by their slugs.

    counts_from: when the last of it begins to count, where it does not yet.
    """

    levels: dict[str, int]
    notes: dict[str, bool]
    counts_from: datetime | None = None


def own_votes(member: Viewer, film: Film) -> Own:
    """One query."""
    votes = ContentVote.objects.visible_to(member).filter(film=film)
    said = votes.values_list("category", "note__slug", "answer", "waits_until")
    return Own(
        {category: answer for category, _slug, answer, _waits in said if category},
        {slug: answer == YES for category, slug, answer, _waits in said if not category},
        max((waits for _category, _slug, _answer, waits in said if waits), default=None),
    )


@dataclass(frozen=True)
class Warned:
    """Something that a member asked to be told of before they watch. `said`: if members say so, and how many."""

    name: str
    is_fact: bool
    said: SaidOfNote | None


def warnings_of(guidance: Guidance, facts: Iterable[Mapping[str, str]], cautions: Collection[str]) -> list[Warned]:
    """Of the notes that the catalogue has of the film, and those that members say. No query."""
    said = {note.slug: note for note in guidance.notes if note.is_there}
    names = {fact["slug"]: fact["name"] for fact in facts}
    found = {note.slug: note.name for note in said.values()} | names
    wanted = sorted((found[slug], slug) for slug in cautions if slug in found)
    return [Warned(name, slug in names, said.get(slug)) for name, slug in wanted]


def cautions() -> ArraySubquery:
    """The numbers of the notes of which a row of User wants to be told."""
    return ArraySubquery(Caution.objects.filter(member=OuterRef("pk")).order_by("note").values("note"))


def warned_of(viewer: Viewer, films: Collection[int]) -> dict[int, list[str]]:
    """Of some films by their numbers the names of notes of which the viewer wants to be told, and that the catalogue or
    members say of them. One query; none for somebody who wants to be told of nothing.
    """
    found = dict[int, list[str]]()
    if not is_signed_in(viewer) or getattr(viewer, "cautioned", None) == []:  # known of who came in by the door
        return found
    mine = Caution.objects.visible_to(viewer).values("note")
    facts = Film.content_notes.through._default_manager.filter(film__in=films, contentnote__in=mine)
    said = with_agreement(ContentCount.objects.filter(film__in=films, note__in=mine))
    names = facts.values_list("film", "contentnote__name").union(said.values_list("film", "note__name"))
    for film, name in sorted(names):
        found.setdefault(film, []).append(name)
    return found


def with_warnings[Of: Film](viewer: Viewer, films: Sequence[Of]) -> list[Of]:
    """These films, each with `warned`: of what in it the viewer asked to be told. One query, if they asked for it.

    They are copies, for a card may be kept for other viewers too, who are not to learn of it.
    """
    warned = warned_of(viewer, [film.pk for film in films]) if films else {}
    found: list[Any] = [copy(film) for film in films]
    for film in found:
        film.warned = warned.get(film.pk, [])
    return found


def in_words(levels: Mapping[str, int], notes: int) -> str:
    """What one member says of a film, of notes only how many they say something about."""
    parts = [f"{Category(category).label}: {Level(level).label}" for category, level in sorted(levels.items())]
    if notes:
        parts.append(ngettext("%(number)d content note", "%(number)d content notes", notes) % {"number": notes})
    return ", ".join(parts)
