import os
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.actions.learning import learn_tastes

COURTESY = 10  # pages come before this


class Command(BaseCommand):
    help = "Finds out what films have in common, for what is recommended. It happens every night by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(COURTESY)
        changed = learn_tastes()
        if options["verbosity"]:
            words = ngettext("%d film has new company.", "%d films have new company.", changed)
            self.stdout.write(words % changed if changed else _("Nothing new was learnt."))
