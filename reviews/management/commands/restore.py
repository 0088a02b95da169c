from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from accounts.models import User
from config.backup.archive import Refused
from config.backup.telling import Teller, interruptible
from config.backup.whole import restore
from films.models import Film

BESIDES: Final = {MigrationRecorder.Migration._meta.db_table, "cache"}  # tables of ours that are no models'


class Command(BaseCommand):
    help = (
        "Makes the site what it was when a file was written by `backup`. It checks the whole file first, refuses a"
        " database that has something, and changes all or nothing. Stop the site before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="also where the database has anything: all goes")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].absolute()
        if not options["replace"] and (held := what_is_there()):
            raise CommandError(
                _("The database has %(held)s. Add --replace to put %(path)s in the place of all that it has.")
                % {"held": held, "path": path}
            )
        teller = Teller(quiet=options["verbosity"] == 0)
        try:
            with interruptible():
                count = restore(path, teller)
        except Refused as reason:
            teller.clear()
            raise CommandError(str(reason)) from reason
        except KeyboardInterrupt:
            teller.clear()
            self.stderr.write(_("Stopped. The same command, with --replace, begins anew."))
            raise SystemExit(130) from None
        if teller.loud:
            self.stdout.write(_("The site is restored, with %(count)s pictures.") % {"count": f"{count:,}"})


def what_is_there() -> str:
    """What would be lost, in words; nothing of a new database, or of a site that nobody has come to."""
    there = set(connection.introspection.table_names())
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | BESIDES
    if strange := sorted(there - ours):
        return _("tables of something else (%(names)s)") % {"names": ", ".join(strange[:3])}
    if any(model._meta.db_table in there and model._base_manager.exists() for model in (Film, User)):
        return _("films or members")
    return ""
