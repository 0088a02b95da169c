"""Running the command, and comparing what the catalogue holds before and after."""

import io
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import call_command

from films import record
from films.models import Film, FilmChange, ImportRun, Person, PersonId

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
    """Every fact of every film, by address; nothing in it depends on the numbers of rows."""
    films = {}
    for film in Film.objects.order_by("slug"):
        films[film.slug] = {key: _nameless(record.read(film, key)) for key in record.keys_of(film)}
        films[film.slug]["found by"] = film.search_text
    people = sorted(Person.objects.values_list("slug", "name"))
    ids = sorted(PersonId.objects.values_list("person__slug", "source", "value"))
    return {"films": films, "people": people, "ids": ids}


def _nameless(value: Any) -> Any:
    if isinstance(value, list):
        return [_nameless(one) for one in value]
    return {name: one for name, one in value.items() if name != "person"} if isinstance(value, dict) else value


def assert_second_run_changes_nothing(source: str, *paths: Path | str) -> Told:
    """Run it again, and give what was told."""
    before, changes = catalogue(), FilmChange.objects.count()
    told = run_import(source, *paths)
    assert (told.run.new, told.run.changed) == (0, 0)
    assert FilmChange.objects.count() == changes
    assert catalogue() == before
    return told
