"""The rules of the house, and how they are kept."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews import transparency
from reviews.house_rules import explained
from reviews.models import Decision, HouseRule, Report
from reviews.monthly import drawn
from reviews.trust import LIMITS, POSTS_OF_THE_LIMITED, Level


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    levels = {level.value: LIMITS[level] for level in Level}
    return render(
        request, "reviews/rules.html", {"rules": explained(), "levels": levels, "limited": POSTS_OF_THE_LIMITED}
    )


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """What was reported and decided, by month and in all."""
    sheet = transparency.sheet()
    return render(request, "reviews/transparency.html", {
        "sheet": sheet,
        "bars": drawn(sheet.months),
        "reasons": [(Report.Reason(key).label, number) for key, number in sheet.reports.items() if number],
        "kinds": [(Decision.Kind(key).label, number) for key, number in sheet.kinds.items() if number],
        "broken": [(HouseRule(key).label, number) for key, number in sheet.rules.items() if number],
    })  # fmt: skip
