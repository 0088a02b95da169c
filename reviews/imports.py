"""What the pages and the API show of an import."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Licence, User
from films.models import Film
from films.models.film import ON_A_CARD
from reviews.guidance import in_words
from reviews.markup import shorten
from reviews.models import Essay, Goal, Import, ImportRow
from reviews.models.importing import OF_NO_FILM
from reviews.models.viewing import Cut, Format
from reviews.owning import words_of as words_of_copy
from reviews.searches import filters_in, searches_of, words_of
from reviews.standing import Standing
from reviews.stars import label

Kind, Verdict = ImportRow.Kind, ImportRow.Verdict

WORDS_SHOWN: Final = 140
# In the order in which somebody wants to look at them: first what asks something.
ORDER: Final = (
    Verdict.CONFLICT, Verdict.AMBIGUOUS, Verdict.UNKNOWN, Verdict.NEW, Verdict.SAME, Verdict.NO_FILM,
    Verdict.UNREADABLE,
)  # fmt: skip
NAMEABLE: Final = frozenset({Verdict.NEW, Verdict.SAME, Verdict.CONFLICT, Verdict.AMBIGUOUS, Verdict.UNKNOWN,
                             Verdict.NO_FILM})  # fmt: skip


def imports_of(member: User) -> QuerySet[Import]:
    """The newest first, without their files."""
    return Import.objects.visible_to(member).defer("file", "lists").order_by("-created_at", "-id")


def counts_of(importing: Import) -> dict[str, int]:
    """How many rows of each verdict there are, those of which there are none left out. One query."""
    found = dict(importing.rows.order_by().values_list("verdict").annotate(number=Count("pk")))
    return {str(verdict): found[verdict] for verdict in ORDER if verdict in found}


def rows_of(importing: Import, verdict: str = "") -> QuerySet[ImportRow]:
    rows = importing.rows.select_related("film").only(
        *(field.name for field in ImportRow._meta.concrete_fields), *(f"film__{name}" for name in ON_A_CARD)
    )
    return rows.filter(verdict=verdict) if verdict else rows


def dress(importing: Import, rows: Sequence[Any]) -> None:
    """Attach to a page of rows what it says: `says`, `mine` where that differs, `problem_words`, `may_name`."""
    read_searches(rows)
    conflicts = [row for row in rows if row.verdict == Verdict.CONFLICT and row.film_id and not row.settled_at]
    standing = Standing(importing.member, {row.about for row in conflicts}) if conflicts else None
    own = _own_of_no_film(importing.member, rows)
    for row in rows:
        row.importing = importing
        row.says = says(row)
        row.mine = _mine(row, standing) if standing and row in conflicts else own.get(row.pk, "")
        row.problem_words = ImportRow.Problem(row.problem).label if row.problem else ""
        is_open, is_of_film = row.settled_at is None, row.kind not in OF_NO_FILM
        row.may_name = row.verdict in NAMEABLE and is_open and is_of_film
        row.may_choose = importing.state == Import.State.READY and is_open and bool(row.film_id or not is_of_film)
        row.may_choose = row.may_choose and row.verdict != Verdict.UNREADABLE


def read_searches(rows: Iterable[Any]) -> None:
    """Attach to searches what they ask for, in words, as `asked`; all of them at once."""
    searches = [row for row in rows if row.kind == Kind.SEARCH and row.body]
    for row, (filters, _notices) in zip(searches, _filters_in([row.body for row in searches]), strict=True):
        row.asked = ", ".join(words_of(filters))


def _filters_in(queries: list[str]) -> list[Any]:
    return filters_in(queries) if queries else []  # none cost no query


def _own_of_no_film(member: User, rows: Sequence[Any]) -> dict[int, str]:
    """By row, what the member has in the place of what is about no film and differs."""
    found, differ = dict[int, str](), [row for row in rows if row.verdict == Verdict.CONFLICT and not row.settled_at]
    if years := {row.year: row.pk for row in differ if row.kind == Kind.GOAL}:
        for goal in Goal.objects.filter(member=member, year__in=years):
            found[years[goal.year]] = _so_many(goal.films)
    for row in differ:
        if row.kind == Kind.PROFILE:
            found[row.pk] = _of_oneself(row, getattr(member, row.circumstances["field"]))
    if titles := {row.title: row.pk for row in differ if row.kind == Kind.ESSAY}:
        for title, body in Essay.objects.filter(member=member, title__in=titles).values_list("title", "body"):
            found[titles[title]] = "“" + shorten(body, WORDS_SHOWN) + "”"
    if names := {row.title.lower(): row.pk for row in differ if row.kind == Kind.SEARCH}:
        own = [search for search in searches_of(member) if search.name.lower() in names]
        for search, (filters, _notices) in zip(own, _filters_in([one.query for one in own]), strict=True):
            found[names[search.name.lower()]] = ", ".join(words_of(filters))
    return found


def _of_oneself(row: Any, words: str) -> str:
    """What a member says of themselves; a licence is called as it is where it is chosen."""
    if (row.circumstances or {}).get("field") == "licence":
        return str(Licence(words).label)
    return "“" + shorten(words, WORDS_SHOWN) + "”"


def _so_many(films: int) -> str:
    return ngettext("%(number)d film", "%(number)d films", films) % {"number": films}


def says(row: ImportRow) -> str:
    """What the row says of its film, in a few words; of a search, what `read_searches` has attached."""
    parts: list[str] = []
    if row.half_stars:
        parts.append(label(row.half_stars))
    if row.watched_on:
        parts.append(date_format(row.watched_on, "DATE_FORMAT"))
    if row.rewatch:
        parts.append(_("seen before"))
    parts += words_of_copy(row.circumstances or {}) if row.kind == Kind.COPY else circumstances_of(row)
    if row.kind == Kind.FAVOURITE:
        parts.append(_("place %(place)d") % {"place": row.position})
    if row.kind == Kind.ENTRY and row.list_number is not None:
        parts.append(_("on “%(title)s”") % {"title": row.importing.lists[row.list_number]["title"]})
    if row.tags:
        parts.append(" ".join(f"#{tag}" for tag in row.tags))
    if row.kind == Kind.GOAL and row.position:
        parts.append(_so_many(row.position))
    if row.kind == Kind.GUIDANCE:
        parts.append(in_words((row.circumstances or {})["levels"], len((row.circumstances or {})["notes"])))
    if row.kind == Kind.SEARCH:
        parts.append(getattr(row, "asked", ""))
    elif row.kind == Kind.PROFILE:
        parts.append(_of_oneself(row, row.body))
    elif row.body:
        parts.append("“" + shorten(row.body, WORDS_SHOWN) + "”")
    return " · ".join(filter(None, parts))


def circumstances_of(row: ImportRow) -> list[str]:
    """Where and how it was seen, in words."""
    said = row.circumstances or {}
    cut = str(Cut(said["cut"]).label) if said.get("cut") else ""
    form = str(Format(said["format"]).label) if said.get("format") else ""
    return [word for word in (cut, form, said.get("place", "")) if word]


def _mine(row: ImportRow, standing: Standing) -> str:
    mark = standing.marks.get(row.about)
    if row.kind in {Kind.REVIEW, Kind.DRAFT} and (review := standing.review_like(row)) is not None:
        return "“" + shorten(review.body, WORDS_SHOWN) + "”"
    if row.kind == Kind.NOTE and row.about in standing.notes:
        return "“" + shorten(standing.notes[row.about].body, WORDS_SHOWN) + "”"
    if row.kind == Kind.GUIDANCE:
        votes = standing.votes[row.about]
        levels = {vote.category: vote.answer for vote in votes if vote.category}
        return in_words(levels, len(votes) - len(levels))
    if row.kind == Kind.VIEWING:
        stars = next((one.half_stars for one in standing.evenings(row)), None)
        return label(stars) if stars else _("no stars on that evening")
    if row.kind == Kind.WATCHLIST:
        return _("you have seen it")
    if row.kind == Kind.FAVOURITE:
        return str(standing.favourites[row.position].film) if row.position in standing.favourites else ""
    return label(mark.half_stars) if mark and mark.half_stars else ""


def candidates_of(row: ImportRow) -> list[Film]:
    """The films that it may be about, the likeliest first."""
    found = Film.objects.with_card().in_bulk(row.candidates)
    return [found[number] for number in row.candidates if number in found]


def kept_of(importing: Import) -> list[Any]:
    """What undoing left as it is, because it was changed since: changes with their films."""
    changes = importing.changes.filter(kept_at__isnull=False).select_related("film")
    return list(changes.only("kind", "number", "importing", "film__title", "film__year", "film__slug")[:200])


def tabs(counts: dict[str, int], names: Iterable[str] = ORDER) -> list[tuple[str, str, int]]:
    """Each verdict that there is: its value, what it is called, how many."""
    return [(name, str(Verdict(name).label), counts[name]) for name in names if name in counts]
