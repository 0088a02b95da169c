"""Reads films into the catalogue: from IMDb's files, TMDB, Wikidata, Wikipedia or a table of your own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from films.importers.offices import OFFICES, Order
from films.importers.reporting import Report
from films.importers.running import Progress, Refused


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, *args: Any, **options: Any) -> CommandParser:
        """Options may stand between SOURCE and PATH as well, where argparse takes no PATH by itself."""
        parser = super().create_parser(*args, **options)
        parser.parse_args = parser.parse_intermixed_args  # type: ignore[method-assign]  # the same, in another order
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", choices=sorted(OFFICES), metavar="SOURCE", help=", ".join(sorted(OFFICES)))
        parser.add_argument("paths", nargs="*", metavar="PATH", help=_("Files or folders."))
        parser.add_argument("--by", metavar="USERNAME", help=_("The curator who imports."))
        parser.add_argument("--dry-run", action="store_true", help=_("Only say what would become of it."))
        parser.add_argument("--all-titles", action="store_true", help=_("imdb: series, shorts and videos too."))
        parser.add_argument("--adult", action="store_true", help=_("imdb: films for adults alone too."))
        parser.add_argument("--live", action="store_true", help=_("tmdb: PATHs are ids there; none: all films' ids."))
        parser.add_argument("--posters", action="store_true", help=_("tmdb: fetch posters too; needs --by."))

    def handle(self, *args: Any, **options: Any) -> None:
        progress = Progress(quiet=options["verbosity"] == 0)

        def tell(where: str, reason: str) -> None:
            progress.clear()
            self.stderr.write(f"{where}: {reason}")

        order = Order(
            paths=self._paths(options), by=self._by(options["by"]), tell=tell, progress=progress,
            all_titles=options["all_titles"], adult=options["adult"],
            posters=options["posters"] and not options["dry_run"],
            ids=options["paths"] if options["live"] else None,
        )  # fmt: skip
        try:
            report = self._import(options["source"], order, dry_run=options["dry_run"])
        except Refused as reason:
            raise CommandError(str(reason)) from reason
        except KeyboardInterrupt:
            progress.clear()
            self.stderr.write(_("Stopped. The same command goes on from there."))
            raise SystemExit(130) from None
        progress.clear()
        if options["verbosity"]:
            self._close(report, options["dry_run"])
        if report.skipped and not (report.new or report.changed or report.same or report.conflicts):
            raise CommandError(_("Nothing could be imported."))

    def _import(self, source: str, order: Order, *, dry_run: bool) -> Report:
        if not dry_run:
            return OFFICES[source](order)
        with transaction.atomic():
            report = OFFICES[source](order)
            transaction.set_rollback(True)
        return report

    def _paths(self, options: dict[str, Any]) -> list[Path]:
        if options["live"]:
            return []
        paths = [Path(path) for path in options["paths"]]
        if not paths:
            raise CommandError(_("Name at least one file or folder."))
        for path in paths:
            if not path.exists():
                raise CommandError(_("There is nothing at %(path)s.") % {"path": path})
        return paths

    def _by(self, username: str | None) -> User | None:
        if not username:
            return None
        user = User.objects.filter(username__iexact=username, is_active=True).first()
        if user is None or not user.has_perm("films.change_film"):
            raise CommandError(_("There is no curator called %(name)s.") % {"name": username})
        return user

    def _close(self, report: Report, dry_run: bool) -> None:
        for line in report.lines():
            self.stdout.write(line)
        if dry_run:
            self.stdout.write(_("This was a trial: nothing was stored."))
