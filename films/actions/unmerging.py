"""Taking a merge back: two films, or two people, as they were. What came since stays with the one that was kept."""

from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.webhooks.announcing import announce_film
from films import record
from films.actions.merging import SINGLE, name_anew, require_both
from films.actions.moving import columns_of, label_of, loaded, move_back, plain, put_back, rows_of
from films.actions.remembering import remembering
from films.actions.settling import settle
from films.actions.storing import store
from films.models import FactSource, Film, FormerPersonSlug, FormerSlug, Merge, Person
from films.names import slug_for
from films.record import Json
from films.references import is_term, references

# What follows from other columns, is counted by the database, or is counted up only.
DERIVED: Final = frozenset({"slug", "sort_title", "search_text", "updated_at", "poster_version"})
TALLIED: Final = ("_count", "_sum", "_histogram")


@transaction.atomic
def undo_merge(*, curator: User, merge: Merge) -> Merge:
    """Doing it again changes nothing. Raises ValidationError when the kept one is not there any more."""
    model: type[Model] = Film if merge.kind == Merge.Kind.FILM else Person
    require_both(curator, model)
    locked = Merge.objects.select_for_update().get(pk=merge.pk)
    if locked.undone_at is not None:
        return locked
    kept = model._base_manager.select_for_update().filter(pk=locked.kept_id).first()
    if kept is None:
        raise ValidationError(_refusal(locked))
    if isinstance(kept, Film):
        _part_films(curator, locked, kept)
    elif isinstance(kept, Person):
        _part_people(locked, kept)
    connection.check_constraints()
    locked.undone_by, locked.undone_at = curator, timezone.now()
    locked.save(update_fields=["undone_by", "undone_at"])
    return locked


def _refusal(merge: Merge) -> str:
    """Why the merge cannot be undone, and what to do first where something can be."""
    later = Merge.objects.filter(kind=merge.kind, gone_id=merge.kept_id, undone_at=None).first()
    names = {"kept": merge.kept_name, "later": later.kept_name if later else ""}
    if later:
        return _("“%(kept)s” was itself merged into “%(later)s” since. Undo that merge first.") % names
    return _("“%(kept)s” is not in the catalogue any more, so nothing can be taken from it.") % names


def _part_films(curator: User, merge: Merge, kept: Film) -> None:
    done = merge.record
    facts: dict[str, list[Json]] = done["facts"]
    same = {key for key, (_before, after) in facts.items() if record.read(kept, key) == after}
    sources = {key: record.source_of(kept, key) for key in same}
    with remembering(kept, same, source=sources, by=curator):
        _empty_columns(kept, done)
        if filled := {key: facts[key][0] for key in same & set(SINGLE)}:
            store(kept, filled)
        FormerSlug.objects.filter(slug=merge.record["row"]["slug"], film=kept).delete()
        if kept.slug == done["row"]["slug"]:
            _another_address(kept)
        gone = _return(Film, done)
        move_back(done, kept, gone, but=_places_of_facts())
        _return_facts(done, kept, gone, same)
        if other := {key: facts[key][0] for key in same if record.read(kept, key) != facts[key][0]}:
            store(kept, other)
    FactSource.objects.filter(film=kept, fact__in=same).delete()
    put_back(FactSource, [row for row in done["before"]["sources"] if row["fact"] in same])
    for film in (kept, gone):
        settle(film, redraw=True)
    announce_film(Event.FILM_ADDED, film=gone.pk)


def _part_people(merge: Merge, kept: Person) -> None:
    done = merge.record
    _empty_columns(kept, done)
    FormerPersonSlug.objects.filter(slug=done["row"]["slug"], person=kept).delete()
    gone = _return(Person, done)
    move_back(done, kept, gone)
    name_anew(list(Film.objects.filter(credits__person=gone).distinct().values_list("pk", flat=True)))


def _empty_columns(kept: Model, done: dict[str, Json]) -> None:
    """Give back what was taken of the other row's own columns, where nobody changed it since."""
    before, after = done["before"], done["after"]
    back = {
        column.attname: before[column.attname]
        for column in columns_of(kept)
        if column.name not in DERIVED and not column.name.endswith(TALLIED) and column.name not in SINGLE
        and not column.name.startswith("franchise")
        and before[column.attname] != after[column.attname] == plain(getattr(kept, column.attname))
    }  # fmt: skip
    if back:
        rows_of(type(kept)).filter(pk=kept.pk).update(**loaded(type(kept), back))
        kept.refresh_from_db()
    for name, value in after.items():  # a picture that was exchanged since is no file any more
        if name.endswith("_key") and value and before[name] != value and getattr(kept, name) != before[name]:
            done["row"][name] = ""


def _another_address(film: Film) -> None:
    """The film took its namesake's address, which that one needs again."""
    base = slug_for(film.title, film.year)
    places: tuple[Any, ...] = (Film.objects, FormerSlug.objects.exclude(film=film))
    taken = {slug for rows in places for slug in rows.filter(slug__startswith=base).values_list("slug", flat=True)}
    film.slug = slug_for(film.title, film.year, taken)
    FormerSlug.objects.filter(slug=film.slug, film=film).delete()
    Film.objects.filter(pk=film.pk).update(slug=film.slug)


def _return[Row: Model](model: type[Row], done: dict[str, Json]) -> Row:
    """The row that went, under its number and its address."""
    put_back(model, [done["row"]])
    return model._base_manager.get(pk=done["row"]["id"])


def _places_of_facts() -> set[str]:
    tables = {*record.KEY_OF_ROW, *record.PART_OF_ROW}
    return {
        f"{label_of(reference.model)}.{reference.name}"
        for reference in references(Film)
        if is_term(reference) or (reference.model in tables and reference.name == "film")
    }


def _return_facts(done: dict[str, Json], kept: Film, gone: Film, same: set[str]) -> None:
    """Rows that moved come back, unless the kept film's fact was changed since: then the other gets its own again."""
    for table, rows in done["rows"]:
        model: Any = apps.get_model(table)
        movable = [row["id"] for row in rows if _fact_of(model, row) in same]
        rows_of(model).filter(pk__in=movable, film=kept.pk).update(film=gone.pk)
        back = set(rows_of(model).filter(film=gone.pk).values_list("pk", flat=True))
        there = set(rows_of(model).filter(pk__in=[row["id"] for row in rows]).values_list("pk", flat=True))
        missing = [row for row in rows if row["id"] not in back]
        put_back(model, [{n: v for n, v in r.items() if n != "id" or v not in there} for r in missing])


def _fact_of(model: type[Model], row: dict[str, Json]) -> str:
    if model in record.KEY_OF_ROW:
        return record.KEY_OF_ROW[model]
    if model in record.PART_OF_ROW:
        group, name = record.PART_OF_ROW[model]
        return f"{group}.{row[name]}"
    return next(many.name for many in Film._meta.local_many_to_many if many.remote_field.through is model)
