import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.seed.fill import fill


class Command(BaseCommand):
    help = "Fills a new site with films and the house's own texts. A site that has films stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["verbosity"] == 0
        started = time.monotonic()

        def progress(step: str) -> None:
            if not quiet and self.stderr.isatty():
                self.stderr.write(f"{time.monotonic() - started:5.1f} s  {step} …", style_func=str)

        filled = fill(progress=progress)
        if quiet:
            return
        for number, words in (
            (filled.films, ngettext("%d film added.", "%d films added.", filled.films)),
            (filled.documents, ngettext("%d text published.", "%d texts published.", filled.documents)),
            (filled.posters, ngettext("%d poster drawn.", "%d posters drawn.", filled.posters)),
        ):
            if number:
                self.stdout.write(words % number)
        if not any((filled.films, filled.documents, filled.posters)):
            self.stdout.write(_("There are films and texts already: nothing was changed."))
