from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import User
from config.backup.archive import Refused
from config.backup.telling import Teller, interruptible
from config.backup.whole import restore
from films.models import Film


class Command(BaseCommand):
    help = (
        "Makes the site what it was when a file was written by `backup`. It checks the whole file first, refuses a site"
        " that has films or members, and changes all or nothing. Stop the site before."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="also where the site has films or members: all goes")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].absolute()
        if not options["replace"] and has_content():
            raise CommandError(
                _("This site has films or members. Add --replace to put what is in %(path)s in their place.")
                % {"path": path}
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


def has_content() -> bool:
    """Also of a database that is older than this code, or has no tables at all."""
    there = connection.introspection.table_names()
    return any(model._meta.db_table in there and model._base_manager.exists() for model in (Film, User))
