"""Running the command, and comparing what the catalogue holds before and after."""

import io
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import call_command

from films import record
from films.models import (
    AlternativeTitle,
    Availability,
    Credit,
    Film,
    FilmChange,
    FilmId,
    ImportRun,
    OutsideScore,
    Person,
    PersonId,
    Release,
)
from films.record import TERMS

NAMED = {"film": "film__slug", "person": "person__slug", "service": "service__name"}
RECORDED = Path(__file__).parent.parent / "recorded"


class Told(NamedTuple):
    run: ImportRun
    output: str
    errors: str

    @property
    def counts(self) -> tuple[int, int, int, int, int]:
        """New, changed, same, conflicts, skipped."""
        run = self.run
        return run.new, run.changed, run.same, run.conflicts, run.skipped


def run_import(source: str, *paths: Path | str, **options: Any) -> Told:
    output, errors = io.StringIO(), io.StringIO()
    call_command("import_catalogue", source, *map(str, paths), stdout=output, stderr=errors, **options)
    return Told(ImportRun.objects.first(), output.getvalue(), errors.getvalue())


def catalogue() -> dict[str, Any]:
    """Every fact of every film and the people, table by table; nothing in it depends on the numbers of rows."""
    plain = [*record.FIELDS, "origin", "renown", "search_text", "franchise__name", "franchise_part"]
    held = {"films": sorted(map(repr, Film.objects.values_list("slug", *plain)))}
    held |= {key: sorted(map(repr, Film.objects.values_list("slug", f"{key}__{name}"))) for key, name in TERMS.items()}
    for model in (AlternativeTitle, Availability, Credit, FilmId, OutsideScore, Release):
        names = [NAMED.get(field.name, field.name) for field in model._meta.concrete_fields if field.name != "id"]
        held[model.__name__] = sorted(map(repr, model.objects.values_list(*names)))
    held["people"] = sorted(Person.objects.values_list("slug", "name"))
    held["ids of people"] = sorted(PersonId.objects.values_list("person__slug", "source", "value"))
    return held


def assert_second_run_changes_nothing(source: str, *paths: Path | str) -> Told:
    """Run it again, and give what was told."""
    before, changes = catalogue(), FilmChange.objects.count()
    told = run_import(source, *paths)
    assert (told.run.new, told.run.changed) == (0, 0)
    assert FilmChange.objects.count() == changes
    assert catalogue() == before
    return told
