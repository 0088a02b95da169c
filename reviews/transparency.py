"""What was reported, decided and appealed against, counted from the log itself."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Aggregate, BooleanField, Count, DurationField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncMonth

from config.cache import kept_for
from reviews.models import Appeal, Case, Decision, HouseRule, Report

KEPT: Final = 5 * 60
KEY: Final = "transparency"


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass
class Month:
    """What happened in a calendar month (UTC)."""

    month: date
    reports: int = 0
    flags: int = 0  # reports by word rules
    decisions: int = 0
    appeals: int = 0
    reversals: int = 0


@dataclass
class Sheet:
    """All months, the newest first, and everything together. Keys are those of the models' choices."""

    months: list[Month]
    reports: dict[str, int]  # by reason, of members and word rules
    flags: int
    kinds: dict[str, int]
    rules: dict[str, int]
    by_people: int
    by_program: int
    appeals: int
    upheld: int
    reversed_on_appeal: int
    reversals: int
    median_hours: float | None  # from a member's report to what was decided about it
    open_cases: int
    waiting_appeals: int
    all: Month = field(init=False)

    def __post_init__(self) -> None:
        names = [name for name in asdict(Month(date.min)) if name != "month"]
        self.all = Month(date.min, **{name: sum(getattr(month, name) for month in self.months) for name in names})


def sheet() -> Sheet:
    """The figures as of a few minutes ago."""
    return kept_for(KEPT, KEY, counted)


def counted() -> Sheet:
    """The figures as of now: six queries, however much there is."""
    reports = _monthly(Report.objects.all(), "created_at", "reason", flag=Q(reporter=None))
    decisions = _monthly(Decision.objects.all(), "made_at", "kind", "rule", program=~Q(by_program=""))
    reversals = _monthly(Decision.objects.filter(reversed_at__isnull=False), "reversed_at")
    appeals = _monthly(Appeal.objects.all(), "made_at", "outcome")
    took = ExpressionWrapper(F("closed_at") - F("created_at"), output_field=DurationField())
    answered = Report.objects.filter(closed_at__isnull=False, reporter__isnull=False)
    median: timedelta | None = answered.aggregate(median=Median(took))["median"]
    open_cases = Case.objects.open().count()
    return Sheet(
        months=_months(reports, decisions, appeals, reversals),
        reports=_sums(reports, "reason", Report.Reason.values),
        flags=sum(row["number"] for row in reports if row["flag"]),
        kinds=_sums(decisions, "kind", Decision.Kind.values),
        rules=_sums([row for row in decisions if row["rule"]], "rule", HouseRule.values),
        by_people=sum(row["number"] for row in decisions if not row["program"]),
        by_program=sum(row["number"] for row in decisions if row["program"]),
        appeals=sum(row["number"] for row in appeals),
        upheld=_sums(appeals, "outcome", [Appeal.Outcome.UPHELD])[Appeal.Outcome.UPHELD],
        reversed_on_appeal=_sums(appeals, "outcome", [Appeal.Outcome.REVERSED])[Appeal.Outcome.REVERSED],
        reversals=sum(row["number"] for row in reversals),
        median_hours=None if median is None else round(median.total_seconds() / 3600, 1),
        open_cases=open_cases,
        waiting_appeals=_sums(appeals, "outcome", [""])[""],
    )


def _monthly(rows: Any, moment: str, *keys: str, **tests: Q) -> list[dict[str, Any]]:
    """Numbers of rows by month, by these columns, and by whether each test is true."""
    every = rows.order_by().annotate(month=TruncMonth(moment), **{name: _is(test) for name, test in tests.items()})
    return list(every.values("month", *keys, *tests).annotate(number=Count("pk")))


def _is(test: Q) -> ExpressionWrapper:
    return ExpressionWrapper(test, output_field=BooleanField())


def _sums(rows: Iterable[dict[str, Any]], key: str, names: Iterable[str]) -> dict[str, int]:
    numbers: Counter[str] = Counter()
    for row in rows:
        numbers[row[key]] += row["number"]
    return {str(name): numbers[name] for name in names}


def _months(
    reports: list[dict[str, Any]],
    decisions: list[dict[str, Any]],
    appeals: list[dict[str, Any]],
    reversals: list[dict[str, Any]],
) -> list[Month]:
    """Every month from the first with anything in it to the last, the newest first."""
    months: dict[date, Month] = {}

    def of(row: dict[str, Any]) -> Month:
        moment: datetime = row["month"]
        return months.setdefault(moment.date(), Month(moment.date()))

    for row in reports:
        month = of(row)
        month.flags += row["number"] if row["flag"] else 0
        month.reports += row["number"]
    for name, rows in (("decisions", decisions), ("appeals", appeals), ("reversals", reversals)):
        for row in rows:
            setattr(of(row), name, getattr(of(row), name) + row["number"])
    if not months:
        return []
    here, last = min(months), max(months)
    while here < last:
        months.setdefault(here, Month(here))
        here = (here.replace(day=28) + timedelta(days=4)).replace(day=1)
    return sorted(months.values(), key=lambda month: month.month, reverse=True)
