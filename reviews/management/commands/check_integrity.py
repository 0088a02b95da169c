from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from films.actions.ranking import KEPT, settle_keys, write_keys, wrong_keys
from reviews.actions.keying import MEMBERS
from reviews.integrity import TALLIES, differences, repair


class Command(BaseCommand):
    help = "Recounts every stored number and prints (or with --repair mends) any difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="make the stored numbers true")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = 0
        for tally in TALLIES:
            for difference in differences(tally):
                wrong += 1
                self.stdout.write(
                    f"{difference.table} {difference.row}: {difference.column} is {difference.stored}, "
                    f"should be {difference.true}"
                )
            if options["repair"] and (mended := repair(tally)):
                self.stdout.write(f"{tally.target}: {mended} rows mended")
        for kept in (*KEPT, MEMBERS):
            for pk in wrong_keys(kept):
                wrong += 1
                self.stdout.write(f"{kept.table} {pk}: search finds it by other words than its own")
        if options["repair"] and (mended := settle_keys() + write_keys(MEMBERS)):
            self.stdout.write(f"search: {mended} rows mended")
        if wrong and not options["repair"]:
            raise CommandError(f"{wrong} stored numbers or keys are wrong. Mend them with --repair.")
        if not wrong:
            self.stdout.write("Every stored number is right.")
