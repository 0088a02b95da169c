from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from config.backup.archive import Refused
from config.backup.telling import Teller, interruptible
from config.backup.whole import make


class Command(BaseCommand):
    help = (
        "Writes the whole site, its database and its pictures, into one file, while it runs. The key that signs"
        " sessions and links is not in it. Interrupted, it leaves nothing behind."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--replace", action="store_true", help="also where there is a file of that name")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"].absolute()
        teller = Teller(quiet=options["verbosity"] == 0)
        try:
            with interruptible():
                count = make(path, teller, replace=options["replace"])
        except Refused as reason:
            teller.clear()
            raise CommandError(str(reason)) from reason
        except KeyboardInterrupt:
            teller.clear()
            self.stderr.write(_("Stopped. There is no backup."))
            raise SystemExit(130) from None
        teller.clear()
        if teller.loud:
            told = {"path": path, "size": f"{path.stat().st_size / 2**20:,.1f}", "count": f"{count:,}"}
            self.stdout.write(_("%(path)s: the database and %(count)s pictures, %(size)s MB.") % told)
            if (key := settings.DATA_DIR / "secret_key").exists():
                self.stdout.write(_("The key in %(key)s is not in it: keep a copy of that elsewhere.") % {"key": key})
