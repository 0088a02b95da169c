"""Whoever comes to a screening hears when a seat is free, when it changes, the day before and the day after."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reviews.actions.coming import come, log_screened, step_back
from reviews.actions.hearing import choose_ways
from reviews.actions.reminding import ask_after_screenings, remind_of_screenings
from reviews.actions.showing import call_off, save_screening
from reviews.jobs import tell_of_screenings
from reviews.models import Coming, Mailing, Screening
from reviews.notices import Way, told_to
from reviews.telling import line_of
from tests import make

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def told(member) -> list[str]:
    return [line_of(row).text for row in told_to(member).with_line().order_by("pk")]


@pytest.fixture
def heat(cast, settings):
    settings.HOUSE_TIME_ZONE = BERLIN
    return make.screening(films=[make.film(title="Heat", year=1995)], seats=1)


def test_who_moves_up_is_told_at_once_and_once_each_time(cast, heat):
    for member in (cast.ana, cast.bea, cast.fay):
        come(member=member, screening=heat)
    step_back(member=cast.ana, screening=heat)
    assert told(cast.bea) == ["A seat is free at Heat: you are in"]
    row = told_to(cast.bea).with_line().get()
    assert (row.mailing, line_of(row).url) == (Mailing.NOW, heat.get_absolute_url())
    assert told(cast.ana) == told(cast.fay) == []
    step_back(member=cast.bea, screening=heat)
    assert told(cast.bea) == [], "who steps back is told of it no more"
    assert told(cast.fay) == ["A seat is free at Heat: you are in"]
    come(member=cast.bea, screening=heat)
    step_back(member=cast.fay, screening=heat)
    assert len(told(cast.bea)) >= 1


def test_who_comes_and_who_waits_hear_that_it_moved(cast, heat):
    come(member=cast.ana, screening=heat)
    come(member=cast.bea, screening=heat)
    start = datetime(2036, 7, 4, 20, tzinfo=BERLIN)
    save_screening(editor=cast.dora, screening=heat, words="Bring a cushion.")
    assert told(cast.ana) == []
    save_screening(editor=cast.dora, screening=heat, starts_at=start)
    assert told(cast.ana) == told(cast.bea) == ["Heat is moved: 4 July 2036, 20:00 CEST, The Ritz, upstairs"]
    save_screening(editor=cast.dora, screening=heat, starts_at=start)
    assert len(told(cast.ana)) == 1
    save_screening(editor=cast.dora, screening=heat, starts_at=start + timedelta(hours=1))
    assert len(told(cast.ana)) == 2
    assert told(cast.fay) == []


def test_they_hear_that_it_is_called_off_and_why(cast, heat):
    come(member=cast.ana, screening=heat)
    call_off(editor=cast.dora, screening=heat, because="The projector is broken.")
    call_off(editor=cast.dora, screening=heat, because="The projector is broken.")
    assert told(cast.ana) == ["Heat is called off: The projector is broken."]
    assert remind_of_screenings(heat.starts_at - timedelta(hours=2)) == 0


def test_it_reminds_the_day_before_once(cast, heat):
    Coming.objects.filter(pk=come(member=cast.ana, screening=heat).pk)
    come(member=cast.bea, screening=heat)  # waits
    day_before = heat.starts_at - timedelta(hours=20)
    times = (heat.starts_at - timedelta(hours=30), day_before, day_before, heat.starts_at + timedelta(minutes=1))
    assert [remind_of_screenings(now) for now in times] == [0, 1, 0, 0]
    assert told(cast.ana) == [f"Heat: {heat.when}, The Ritz, upstairs"]
    assert told(cast.bea) == []


def test_who_said_so_only_today_needs_no_reminder(cast, heat):
    come(member=cast.ana, screening=heat)
    Coming.objects.update(said_at=heat.starts_at - timedelta(hours=3))
    assert remind_of_screenings(heat.starts_at - timedelta(hours=2)) == 0


def test_it_asks_on_the_morning_after_whoever_has_not_logged_it(cast, heat):
    Screening.objects.filter(pk=heat.pk).update(seats=None)
    for member in (cast.ana, cast.bea):
        come(member=member, screening=heat)
    start = datetime(2026, 7, 4, 20, tzinfo=BERLIN)
    Screening.objects.filter(pk=heat.pk).update(starts_at=start, ends_at=start + timedelta(hours=3))
    heat.refresh_from_db()
    log_screened(member=cast.bea, film=heat.shown[0].film, screening=heat)
    early, morning = datetime(2026, 7, 5, 8, 59, tzinfo=BERLIN), datetime(2026, 7, 5, 9, tzinfo=BERLIN)
    assert [ask_after_screenings(now) for now in (early, morning, morning)] == [0, 1, 0]
    assert told(cast.ana) == ["Were you at Heat? Log what you saw"]
    assert told(cast.bea) == []
    assert cast.ana.viewings.count() == 0, "nothing is logged by itself"
    assert ask_after_screenings(morning + timedelta(days=4)) == 0


def test_each_kind_has_its_switch(cast, heat):
    choose_ways(member=cast.ana, ways={"screening_change": Way(False, Mailing.NEVER)})
    come(member=cast.ana, screening=heat)
    call_off(editor=cast.dora, screening=heat, because="Rain.")
    assert told(cast.ana) == []


def test_what_a_member_may_not_see_any_more_tells_them_nothing(cast, heat):
    come(member=cast.ana, screening=heat)
    call_off(editor=cast.dora, screening=heat, because="Rain.")
    Screening.objects.filter(pk=heat.pk).update(published_at=None)
    assert told(cast.ana) == []


def test_the_job_does_all_of_it(cast, heat):
    come(member=cast.ana, screening=heat)
    come(member=cast.bea, screening=heat)
    now = timezone.now()
    Coming.objects.update(said_at=now - timedelta(days=3))
    Screening.objects.filter(pk=heat.pk).update(
        starts_at=now + timedelta(hours=5), ends_at=now + timedelta(hours=7), seats=2
    )
    tell_of_screenings()
    assert len(told(cast.ana)) == 1
    assert len(told(cast.bea)) == 2  # that she is in, and that it is soon
