"""A change of very many films, in steps: nobody who rates one waits for more than one step."""

from collections.abc import Mapping
from contextlib import nullcontext
from typing import Any, Final

from django.db import connection, transaction

from config.writes import only
from films.freshness import tag_of

STEP: Final = 1000
MEMORY: Final = "128MB"  # for finding them, which groups what a whole year brought


def change_films(
    found: str,
    changes: str,
    *,
    beside: str = "",
    params: Mapping[str, Any] | None = None,
    only_these: bool = False,
) -> int:
    """Change the films that the query `found` names by `id`; returns how many.

    `changes` is the SET of an UPDATE of the film as `r`; it may use what else `found` says, as `c`, and `beside`. Each
    step is a transaction of its own and takes its films in the order of their ids, as the tallies do, so that nothing
    waits in a circle. `only_these`: the change shows where a rating of the film would, and nowhere else. All of it is
    SQL of the program, never anybody's input.
    """
    sources = ", ".join(filter(None, ["films_to_change c", beside]))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.films_to_change")
        with transaction.atomic():
            cursor.execute("SELECT set_config('work_mem', %s, true)", [MEMORY])
            cursor.execute(f"CREATE TEMPORARY TABLE films_to_change AS {found}", params)
        cursor.execute("ALTER TABLE pg_temp.films_to_change ADD PRIMARY KEY (id)")
        cursor.execute("SELECT coalesce(min(id), 0) - 1, max(id) FROM films_to_change")
        after, last = cursor.fetchone()
        total = 0
        while last is not None and after < last:
            with transaction.atomic():
                step = _lock(cursor, after)
                with only(*map(tag_of, step)) if only_these else nullcontext():
                    cursor.execute(
                        f"UPDATE films_film r SET {changes} FROM {sources} WHERE c.id = r.id AND r.id = ANY(%s)", [step]
                    )
            total, after = total + len(step), step[-1]
        cursor.execute("DROP TABLE pg_temp.films_to_change")
    return total


def _lock(cursor: Any, after: int) -> list[int]:
    """The next films to change."""
    cursor.execute("SELECT id FROM films_to_change WHERE id > %s ORDER BY id LIMIT %s", [after, STEP])
    step = [number for (number,) in cursor.fetchall()]
    cursor.execute("SELECT 1 FROM films_film WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", [step])
    return step
