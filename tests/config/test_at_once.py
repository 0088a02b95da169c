"""Steps of a migration in one go leave what they would leave one by one."""

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from config.at_once import AtOnce

APP = "projection"
KEY = ("id", models.BigAutoField(primary_key=True))
BEFORE = [
    migrations.CreateModel("Hall", [KEY, ("seats", models.IntegerField())]),
    migrations.AddConstraint("hall", models.CheckConstraint(condition=models.Q(seats__gt=0), name="hall_has_seats")),
]
# Two that point at each other, and a hall that points at one of them, with another rule of the same name.
STEPS = [
    migrations.CreateModel("Reel", [KEY, ("number", models.IntegerField())]),
    migrations.CreateModel("Projector", [KEY, ("reel", models.ForeignKey("Reel", models.CASCADE))]),
    migrations.AddField("reel", "projector", models.ForeignKey("Projector", models.CASCADE, null=True)),
    migrations.AlterField("hall", "seats", models.IntegerField(null=True)),
    migrations.AddField("hall", "projector", models.ForeignKey("Projector", models.PROTECT, null=True)),
    migrations.RemoveConstraint("hall", "hall_has_seats"),
    migrations.AddConstraint(
        "hall",
        models.CheckConstraint(
            condition=models.Q(seats__gt=0) | models.Q(projector=None), name="hall_has_seats"
        ),
    ),
    migrations.AddIndex("reel", models.Index(fields=["number"], name="reel_by_number")),
]  # fmt: skip


def tables() -> list[tuple[str, ...]]:
    """Columns, rules and indexes, as PostgreSQL tells them."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
                WHERE table_name LIKE 'projection\\_%'
            UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '' FROM pg_constraint
                WHERE conrelid::regclass::text LIKE 'projection\\_%' AND contype != 'n'
            UNION ALL SELECT tablename, indexname, indexdef, '' FROM pg_indexes WHERE tablename LIKE 'projection\\_%'
            ORDER BY 1, 2, 3
            """
        )
        return cursor.fetchall()


class Run:
    """The steps, taken from a state with rendered models, as Django's executor does it."""

    def __init__(self, steps: list[Operation]) -> None:
        self.steps, self.states = steps, [ProjectState(real_apps={"contenttypes"})]
        self.states[0].apps.check_models_ready()

    def forwards(self) -> list[tuple[str, ...]]:
        for step in self.steps:
            after = self.states[-1].clone()
            step.state_forwards(APP, after)
            with connection.schema_editor() as editor:
                step.database_forwards(APP, editor, self.states[-1], after)
            self.states.append(after)
        return tables()

    def backwards(self) -> list[tuple[str, ...]]:
        for step in reversed(self.steps):
            after = self.states.pop()
            with connection.schema_editor() as editor:
                step.database_backwards(APP, editor, after, self.states[-1])
        return tables()


@pytest.mark.django_db
def test_it_leaves_what_its_steps_leave_one_by_one_and_takes_it_away_again():
    one_by_one = Run([*BEFORE, *STEPS])
    wanted, models_then = one_by_one.forwards(), one_by_one.states[-1]
    assert len(wanted) > 15 and one_by_one.backwards() == []

    at_once = Run([AtOnce(BEFORE), AtOnce(STEPS)])
    assert at_once.forwards() == wanted
    assert at_once.states[-1] == models_then
    assert at_once.backwards() == []


def test_migrations_take_steps_at_once():
    """An operation that stands beside another costs as much time as all of them together."""
    alone = (migrations.RunSQL, migrations.RunPython, AddIndexConcurrently, RemoveIndexConcurrently)
    wrong = []
    for (app, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        plain = [not isinstance(step, alone) for step in migration.operations]
        if app in ("accounts", "films", "reviews") and any(map(all, zip(plain, plain[1:], strict=False))):
            wrong.append(f"{app}.{name}")
    assert wrong == []
