"""Reads reviews, essays and news about films from text files and publishes them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from films.models import Job
from reviews.actions.documents import Loaded, NotLoaded, describe, load_document, understand
from reviews.documents.awards import Award
from reviews.documents.evidence import Outcome
from reviews.documents.files import Unreadable, gather
from reviews.documents.reader import Understanding
from reviews.models import Document
from reviews.stars import numeral

NAME_WIDTH, FILM_WIDTH, TITLE_WIDTH = 28, 32, 50


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=_("Files, or folders of .txt and .md."))
        parser.add_argument("--member", metavar="USERNAME", help=_("Whose the reviews are that do not say."))
        parser.add_argument(
            "--accept", action="store_true", help=_("Put what the texts state into the catalogue at once.")
        )
        parser.add_argument("--curator", metavar="USERNAME", help=_("Who accepts; else the first superuser."))
        parser.add_argument("--dry-run", action="store_true", help=_("Only say what was understood."))

    def handle(self, *args: Any, **options: Any) -> None:
        member = self._user(options["member"]) if options["member"] else None
        curator = self._curator(options["curator"]) if options["accept"] and not options["dry_run"] else None
        paths = list(gather(options["paths"]))
        failed = 0
        if options["dry_run"] and paths:
            self.stdout.write(_row(_("file"), _("kind"), _("stars"), _("film"), _("title")))
        for number, path in enumerate(paths, start=1):
            self._show_progress(number, len(paths), path)
            try:
                if options["dry_run"]:
                    failed += not self._explain(understand(source=path)[1])
                else:
                    self._report(path, load_document(source=path, member=member, accept=curator))
            except (Unreadable, NotLoaded) as reason:
                failed += 1
                self.stderr.write(f"{path.name}: {reason}")
        if not paths:
            raise CommandError(_("There is no text in %(paths)s.") % {"paths": ", ".join(map(str, options["paths"]))})
        if failed:
            raise CommandError(
                ngettext(
                    "%(failed)d of %(all)d document was not loaded.",
                    "%(failed)d of %(all)d documents were not loaded.",
                    len(paths),
                )
                % {"failed": failed, "all": len(paths)}
            )

    def _user(self, username: str) -> User:
        user = User.objects.filter(username__iexact=username, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no member called %(name)s.") % {"name": username})
        return user

    def _curator(self, username: str | None) -> User:
        user = self._user(username) if username else User.objects.filter(is_superuser=True, is_active=True).first()
        if user is None or not user.has_perm("films.change_film"):
            raise CommandError(_("Only a curator can accept what texts state: name one with --curator."))
        return user

    def _show_progress(self, number: int, count: int, path: Path) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r\033[K{number}/{count} {path.name}", ending="" if number < count else "\r\033[K")
            self.stderr.flush()

    def _report(self, path: Path, loaded: Loaded) -> None:
        if not loaded.is_new:
            self.stdout.write(_("%(name)s: loaded before, nothing changed.") % {"name": path.name})
            return
        document, found = loaded.document, loaded.understanding
        published = document.review or document.article
        line = f"{path.name}: {Document.Kind(document.kind).label}, {_said(found)}"
        self.stdout.write(f"{line} → {published.get_absolute_url()}" if published else line)
        waiting = document.findings.filter(state="waiting").count()
        if waiting:
            self.stdout.write(
                "  "
                + ngettext(
                    "%d thing it states waits for a curator.", "%d things it states wait for a curator.", waiting
                )
                % waiting
            )
        for doubt in [*found.doubts, *loaded.refusals]:
            self.stdout.write(f"  {doubt}")

    def _explain(self, found: Understanding) -> bool:
        """Print what was understood; False when the document would not be loaded."""
        film = str(found.film.film) if found.film.film else f"– {found.film.outcome.value}"
        stars = numeral(found.rating.half_stars) if found.rating.half_stars else "–"
        self.stdout.write(_row(found.name, found.kind.value, stars, film, found.title))
        certain = found.film.outcome is Outcome.KNOWN
        for label, lines in _details(found):
            if lines:
                self.stdout.write(f"    {label}: {'; '.join(lines)}")
        if certain or (found.film.outcome is Outcome.NONE and found.kind.value != "review" and found.films):
            return True
        self.stderr.write(f"{found.name}: {describe(found.film)}")
        return False


def _row(name: str, kind: str, stars: str, film: str, title: str) -> str:
    cells = ((name, NAME_WIDTH), (kind, 6), (stars, 6), (film, FILM_WIDTH), (title, TITLE_WIDTH))
    return "  ".join(
        (text if len(text) <= width else text[: width - 1] + "…").ljust(width) for text, width in cells
    ).rstrip()


def _said(found: Understanding) -> str:
    stars = f", {numeral(found.rating.half_stars)}/5" if found.rating.half_stars else ""
    return f"{found.film.film or ', '.join(str(named.film) for named in found.films)}{stars}"


def _details(found: Understanding) -> list[tuple[str, list[str]]]:
    leaving = [
        f"{each.film or '?'}: {each.service}, {date_format(each.day, 'DATE_FORMAT') if each.day else f'“{each.said}”?'}"
        for each in found.leaving
    ]
    awards = [_prize(award) for award in found.awards]
    credits = [f"{credit.name}: {credit.character or Job(credit.job).label}" for credit in found.credits]
    return [
        (_("headings"), [heading.text for heading in found.headings]),
        (_("people"), [named.person.name for named in found.people]),
        (_("films"), [str(named.film) for named in found.films]),
        (_("credits"), credits),
        (_("leaving"), leaving),
        (_("awards"), awards),
        (_("scores"), [f"{score.source} {score.value}/{score.scale}" for score in found.scores]),
        (_("open"), list(found.doubts)),
    ]


def _prize(award: Award) -> str:
    year = f" {award.year}" if award.year else ""
    outcome = _("won") if award.won else _("nominated")
    if award.lost_to:
        outcome = _("nominated (lost to %(film)s)") % {"film": award.lost_to}
    return f"{award.award}{year}, {award.category}: {outcome}"
