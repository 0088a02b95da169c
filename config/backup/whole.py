"""The acts themselves: making a backup of a site that runs, and restoring one to a site that does not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from config import freshness, run
from config.backup import dump, files, load
from config.backup.archive import Backup, Refused, checked, writing
from config.backup.telling import Teller


def make(path: Path, teller: Teller, *, replace: bool = False) -> int:
    """Write the backup and return how many files are in it. Raises Refused.

    Files come first, and again once the moment of the database is fixed: what a row of that moment names was there
    before it, and is copied unless it was deleted within that time.
    """
    with writing(path, replace=replace) as writer:
        teller.begin(_("Copying pictures: %(count)s"))
        files.copy_new(writer, teller.count)
        with dump.one_moment() as snapshot:
            teller.begin(_("Copying new pictures: %(count)s"))
            files.copy_new(writer, teller.count)
            about = dump.facts()
            count = len(writer.entries)
            for name, section in dump.PARTS.items():
                teller.begin(_("Copying the database: %(count)s MB"))
                chunks = dump.part(section, snapshot, str(about["schema"]))
                writer.add(f"database/{name}", _counted(chunks, teller), press=True)
        teller.begin(_("Putting it on the disk"))
        writer.close({"made_at": datetime.now(UTC).isoformat(timespec="seconds"), **about})
    return count


def _counted(chunks: Iterator[bytes], teller: Teller) -> Iterator[bytes]:
    for chunk in chunks:
        yield chunk
        teller.megabytes(len(chunk))


def restore(path: Path, teller: Teller) -> int:
    """Make the site what it was, and return how many files the backup had. Raises Refused before anything is changed.

    Nobody else may be at work on it, for what they hold in memory would be of another site.
    """
    teller.begin(_("Checking the backup: %(count)s MB"))
    with checked(path, teller.megabytes) as backup:
        try:
            load.refuse_unknown(backup)
            with run.hold_the_house(settings.DATA_DIR):
                _refuse_company()
                _exchange(backup, teller)
                try:
                    _settle(teller)
                except Exception as trouble:  # a migration may fail in any way
                    raise Refused(
                        _("It is restored, but could not be brought up to date; run manage.py migrate: %(why)s")
                        % {"why": trouble}
                    ) from trouble
        except Refused as reason:
            raise Refused(f"{path}: {reason}") from reason.__cause__
        except run.Stop as reason:
            raise Refused(str(reason)) from None
        return len(backup.below("pictures")) + len(backup.below("originals"))


def _refuse_company() -> None:
    if number := load.others_at_work():
        raise Refused(
            _("%(number)d other connections use the database: stop the site, and whatever else asks it, first.")
            % {"number": number}
        )


def _exchange(backup: Backup, teller: Teller) -> None:
    restoring = files.Restoring(backup, teller.count)
    try:
        teller.begin(_("Storing pictures: %(count)s"))
        restoring.add()
        teller.begin(_("Filling the database"))
        with transaction.atomic(durable=True):
            load.put_back(backup)
    except BaseException as trouble:
        teller.begin(_("Taking back what was begun"))
        restoring.take_back()
        if isinstance(trouble, DatabaseError | psycopg.Error | OSError):
            raise Refused(
                _("It could not be restored, and nothing was changed: %(why)s") % {"why": trouble}
            ) from trouble
        raise
    finally:
        connection.close()  # its settings are those of the script
    try:
        restoring.finish()
    except OSError as trouble:
        raise Refused(
            _("The database is restored, but not all pictures; the same with --replace begins anew: %(why)s")
            % {"why": trouble}
        ) from trouble


def _settle(teller: Teller) -> None:
    """What follows from other rows: newer tables, knowledge of what is in each, and that nothing kept is true."""
    teller.begin(_("Bringing the database up to date"))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    freshness.shared.touch([freshness.ANY, freshness.WIDE])
    teller.clear()
