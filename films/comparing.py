"""Two films, or two people, beside each other before they become one: what each says, what moves, what both have."""

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from films import record
from films.models import (
    Award,
    Conflict,
    Credit,
    FactLock,
    Film,
    FilmChange,
    FormerPersonSlug,
    FormerSlug,
    Merge,
    Person,
    Suggestion,
)
from films.names import normalise
from films.record import Json
from films.references import OWN, identities, is_term, references, rivals
from films.telling import Teller

type Outcome = Literal["same", "kept", "taken", "both"]

EMPTY: Final[tuple[Json, ...]] = (None, "", [], {})
OF_PEOPLE: Final = ("name", "born_on", "died_on", "birthplace", "biography")
# What is said of them among the facts, or need not be said.
UNSAID: Final = frozenset({*record.KEY_OF_ROW, *record.PART_OF_ROW, *OWN, FactLock}) - {Award, Credit}
# In what words, where the table's own name is a program's.
NAMES: Final[dict[type[Model], Any]] = {
    FormerSlug: _("former addresses"),
    FormerPersonSlug: _("former addresses"),
    FilmChange: _("changes in the history"),
    Suggestion: _("suggestions"),
    Conflict: _("conflicts"),
}


@dataclass(frozen=True)
class FactLine:
    """One fact as both say it, a line a row, and what the one that is kept will say."""

    label: str
    ours: list[str]
    theirs: list[str]
    outcome: Outcome


@dataclass
class RowLine:
    """How many rows of a kind move; `both`: those of which the kept one has its own, so that one of two goes."""

    label: str
    moves: int
    both: int = 0
    by_members: bool = False


@dataclass
class Comparison:
    kept: Any
    gone: Any
    facts: list[FactLine]
    rows: list[RowLine] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return sum(fact.outcome != "kept" for fact in self.facts)


def compare(kept: Any, gone: Any) -> Comparison:
    """What merging `gone` into `kept` would do; nothing is changed."""
    facts = _facts_of_films(kept, gone) if isinstance(kept, Film) else _facts_of_people(kept, gone)
    return Comparison(kept, gone, [fact for fact in facts if fact.outcome != "same"], _rows(kept, gone))


def merge_kind(model: type[Model]) -> str:
    return Merge.Kind.FILM if model is Film else Merge.Kind.PERSON


def _facts_of_films(kept: Film, gone: Film) -> list[FactLine]:
    teller, lines = Teller(), []
    there = {*record.keys_of(kept), *record.keys_of(gone)}
    usual = [*record.FIELDS, *record.TERMS, "franchise", *record.ROWS]
    for key in [*usual, *sorted(there - {*usual})]:
        ours, theirs = record.read(kept, key), record.read(gone, key)
        rows = teller.rows(key, ours), teller.rows(key, theirs)
        lines.append(FactLine(record.label(key), *rows, _outcome(key, ours, theirs)))
    return lines


def _outcome(key: str, ours: Json, theirs: Json) -> Outcome:
    if theirs in EMPTY or ours == theirs:
        return "same"
    if ours in EMPTY:
        return "taken"
    if key.startswith("credits."):
        return "both" if {normalise(r["name"]) for r in theirs} - {normalise(r["name"]) for r in ours} else "kept"
    adds_rows = key in {"titles", "releases", "awards", "availability"} and any(row not in ours for row in theirs)
    return "both" if adds_rows else "kept"


def _facts_of_people(kept: Person, gone: Person) -> list[FactLine]:
    lines = []
    for name in OF_PEOPLE:
        ours, theirs = getattr(kept, name), getattr(gone, name)
        label = capfirst(str(Person._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # no reference
        said = [[str(value)] if value else [] for value in (ours, theirs)]
        lines.append(FactLine(label, said[0], said[1], _outcome(name, ours, theirs)))
    return lines


def _rows(kept: Model, gone: Model) -> list[RowLine]:
    lines: dict[str, RowLine] = {}
    for reference in references(type(gone)):
        model = reference.model
        if model in UNSAID or is_term(reference) or (isinstance(gone, Film) and model in {Award, Credit}):
            continue
        number = model._base_manager.filter(**{reference.name: gone.pk}).count()
        if not number:
            continue
        both = {
            theirs for identity in identities(reference) for _mine, theirs in rivals(reference, identity, kept, gone)
        }
        line = lines.setdefault(_name(reference), RowLine(_name(reference), 0))
        line.moves += number - len(both)
        line.both += len(both)
        line.by_members |= any(column.name == "updated_at" for column in model._meta.fields)
    return sorted(lines.values(), key=lambda line: -line.moves - line.both)


def _name(reference: Any) -> str:
    """What people call the rows: for a table that only joins two others, the other one's name."""
    model = reference.model
    if not model._meta.auto_created:
        return capfirst(str(NAMES.get(model, model._meta.verbose_name_plural)))
    owner = model._meta.auto_created
    return capfirst(str(owner._meta.verbose_name_plural))
