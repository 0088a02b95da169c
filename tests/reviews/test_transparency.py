"""The figures of moderation, for everybody: those of the log, month by month."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from reviews import transparency
from reviews.actions.appealing import appeal, decide_appeal
from reviews.actions.deciding import decide
from reviews.models import Case, Decision, Report
from tests import make, staff
from tests.base import words_of

pytestmark = pytest.mark.django_db


def test_the_figures_are_those_of_the_log(cast):
    cache.clear()
    reviews = [make.review(member=cast.ana) for _each in range(4)]
    for review in reviews:
        make.report(member=cast.bea, text=review)
        make.report(member=cast.fay, text=review, reason="spoilers")
    Report.objects.filter(review=reviews[0]).update(created_at=timezone.now() - timedelta(hours=10))
    decide(moderator=cast.eli, about=reviews[0], kind="cover", rule="spoilers", reason="x")
    removal = decide(moderator=cast.eli, about=reviews[1], kind="remove", rule="spam", reason="x")
    decide(moderator=cast.eli, about=reviews[2], kind="nothing")
    decide(moderator=None, by_program="twice", about=cast.ana, kind="warn", rule="spam", reason="x")
    Decision.objects.filter(kind="cover").update(reversed_at=None)
    made = appeal(member=cast.ana, decision=removal, words="x")
    decide_appeal(moderator=staff.moderator(), appeal=made, outcome="reversed", answer="x")
    sheet = transparency.counted()
    log = Decision.objects.all()
    assert sheet.all.reports == Report.objects.count() == 8
    assert sheet.reports["spam"] == sheet.reports["spoilers"] == 4
    assert {key: number for key, number in sheet.kinds.items() if number} == {
        kind: log.filter(kind=kind).count() for kind in log.values_list("kind", flat=True)
    }
    assert {key: number for key, number in sheet.rules.items() if number} == {"spam": 2, "spoilers": 1}
    assert (sheet.by_people, sheet.by_program) == (3, 1)
    assert (sheet.appeals, sheet.upheld, sheet.reversed_on_appeal, sheet.waiting_appeals) == (1, 0, 1, 0)
    assert sheet.reversals == log.filter(reversed_at__isnull=False).count() == 1
    took = sorted((r.closed_at - r.created_at).total_seconds() / 3600 for r in Report.objects.exclude(closed_at=None))
    assert sheet.median_hours == round((took[2] + took[3]) / 2, 1)
    assert sheet.open_cases == Case.objects.open().count() == 1
    months = [month for month in sheet.months if month.reports]
    assert sum(month.reports for month in months) == 8


def test_months_without_anything_stand_between_others(cast):
    old = make.report(member=cast.bea, text=cast.ana)
    Report.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=100))
    make.report(member=cast.fay, text=cast.ana)
    months = transparency.counted().months
    assert len(months) >= 4 and [m.month for m in months] == sorted((m.month for m in months), reverse=True)


def test_the_public_pages_cost_few_queries_and_say_what_is_counted(cast, django_assert_max_num_queries):
    make.report(member=cast.bea, text=cast.ana)
    cache.clear()
    with django_assert_max_num_queries(6):
        transparency.counted()
    assert "Month by month" in words_of(Client().get("/transparency/"))
    with django_assert_max_num_queries(2):
        Client().get("/transparency/")
    assert "One person, one vote" in words_of(Client().get("/rules/"))
