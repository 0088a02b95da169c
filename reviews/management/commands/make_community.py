import time
from argparse import ArgumentParser
from datetime import date
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.seed.community.making import Making
from reviews.seed.community.sizes import Sizes

OURS: Final = ("accounts", "films", "reviews")


class Command(BaseCommand):
    help = (
        "Fills a site with an invented catalogue and invented members: for demonstrations and benchmarks. The same"
        " numbers, seed and day give the same site. It refuses a site that members use. Interrupted, it leaves nothing"
        " behind and can be run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--films", type=int, default=1_000, help="new films (0: only those that are here already)")
        parser.add_argument("--people", type=int, help="who made them; as many as films where this is not given")
        parser.add_argument("--members", type=int, default=200)
        parser.add_argument("--ratings", type=int, help="100 a member where this is not given")
        parser.add_argument("--reviews", type=int, help="one for 50 ratings where this is not given")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--day", type=date.fromisoformat, help="the last day, YYYY-MM-DD; today where not given")
        parser.add_argument("--beside", action="store_true", help="also where members are, who stay as they are")

        parser.add_argument(
            "--demo", default="", metavar="NAME", help="a member of this name whose password is printed"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        loud = options["verbosity"] > 0 and self.stderr.isatty()

        said = ""

        def tell(step: str) -> None:
            nonlocal said
            if loud and step != said:
                said = step
                self.stderr.write(f"{time.monotonic() - started:6.1f} s  {step} …", style_func=str)

        try:
            password = Making(_sizes(options), tell).make(beside=options["beside"], demo=options["demo"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        tell(_("Tidying up"))
        _tidy_up()
        if password:
            self.stdout.write(_("Log in as %(name)s with %(word)s.") % {"name": options["demo"], "word": password})
        if options["verbosity"] > 0:
            self.stdout.write(_("The site is made."))


def _tidy_up() -> None:
    """What PostgreSQL would do by and by: mark what everybody sees, and learn what is in each table."""
    if connection.in_atomic_block:  # a test's
        return
    models = [model for app in OURS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
    with connection.cursor() as cursor:
        for name in dict.fromkeys(model._meta.db_table for model in models):
            cursor.execute(f"VACUUM (ANALYZE) {connection.ops.quote_name(name)}")


def _sizes(options: dict[str, Any]) -> Sizes:
    films, members = options["films"], options["members"]
    ratings = 100 * members if options["ratings"] is None else options["ratings"]
    return Sizes(
        films=films,
        people=films if options["people"] is None else options["people"],
        members=members,
        ratings=ratings,
        reviews=ratings // 50 if options["reviews"] is None else options["reviews"],
        seed=options["seed"],
        day=options["day"] or timezone.localdate(),
    )
