"""What was stored before letters of Han and Arabic were put into one form (films/variants.py) is put into it."""

from collections.abc import Iterator
from itertools import batched
from typing import Any

from django.db import migrations

from films.names import plain_letters

AT_ONCE = 2_000
KEPT = {"films_film": ("search_text", "sort_title"), "films_person": ("search_text",)}


def put_into_one_form(apps: Any, schema_editor: Any) -> None:
    """Only rows with a letter of these scripts are read; the triggers write the keys of those that change."""
    for table, columns in KEPT.items():
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {', '.join(columns)} FROM {table}"
                r" WHERE octet_length(search_text) > length(search_text)"
                r" AND search_text ~ '[\u0600-\u06ff\u4e00-\u9fff]'"
            )
            for some in batched(_changed(cursor.fetchall()), AT_ONCE):
                kept = ", ".join(f"{column} = %s" for column in columns)
                cursor.executemany(f"UPDATE {table} SET {kept} WHERE id = %s", some)


def _changed(rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    for pk, *texts in rows:
        plain = [plain_letters(text) for text in texts]
        if plain != texts:
            yield *plain, pk


class Migration(migrations.Migration):
    dependencies = [("films", "0019_initials")]

    operations = [migrations.RunPython(put_into_one_form, migrations.RunPython.noop, elidable=True)]
