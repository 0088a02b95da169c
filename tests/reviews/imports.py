"""Files as other sites export them, made in memory; imports that are read, taken in and undone without a worker."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from accounts.models import User
from reviews.actions import importing
from reviews.jobs import read_import, take_import_in, undo_import
from reviews.models import Import


def archive(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return made.getvalue()


def bring(member: User, files: Mapping[str, str | bytes], *, name: str = "export.zip", **said: str) -> Import:
    """Upload and read. One file that is no archive is given by its own name."""
    single = next(iter(files.values())) if not name.endswith(".zip") else archive(files)
    content = single.encode() if isinstance(single, str) else single
    made = importing.start_import(member=member, name=name, content=content, **said)
    read_import(made.pk)
    made.refresh_from_db()
    return made


def take_in(made: Import) -> Import:
    importing.take_in(member=made.member, importing=made)
    take_import_in(made.pk)
    made.refresh_from_db()
    return made


def undo(made: Import) -> Import:
    importing.undo_import(member=made.member, importing=made)
    undo_import(made.pk)
    made.refresh_from_db()
    return made


def some_imports(member: User) -> dict[str, Any]:
    """One to look at, with something of every verdict, and one that waits to be read."""
    lines = "Date,Name,Year,Letterboxd URI,Rating\n2021-05-05,Baby Driver,2017,x,0.5\n2021-05-05,Dunkirk,2017,x,4\n"
    lines += "2021-05-05,Dunkirk,2018,x,4\n2021-05-05,Never Made,1999,x,4\n2021-05-05,Heat,1995,x,17\n"
    made = bring(member, {"ratings.csv": lines, "comments.csv": "Date,Content,Comment\n2020-01-01,x,Nice\n"})
    waiting = importing.start_import(member=member, name="more.zip", content=archive({"watched.csv": lines}))
    return {"import": made, "import_row": made.rows.get(verdict="ambiguous"), "import_waiting": waiting}
