import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format

from reviews.actions.opening_data import Written, make_edition

COURTESY = 10  # pages come before this


class Command(BaseCommand):
    help = "Writes the open data of tonight, unless it is there already. It happens every night by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OPEN_DATA:
            raise CommandError("This site hands out no open data: set OPEN_DATA=yes (docs/open-data.md).")
        os.nice(COURTESY)
        edition = make_edition(told=self._tell if options["verbosity"] else lambda written: None)
        if options["verbosity"]:
            self.stdout.write(f"{settings.SITE_URL}{edition.get_absolute_url()}")

    def _tell(self, written: Written) -> None:
        lines = number_format(written.lines, force_grouping=True)
        self.stdout.write(f"{written.kind}: {lines} lines, {filesizeformat(written.size)}")
