"""Files as other sites export them, made in memory; imports that are read, taken in and undone without a worker."""

import io
import zipfile
from collections.abc import Mapping

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
