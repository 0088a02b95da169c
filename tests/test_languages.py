"""A site that speaks German, one that speaks two languages, and one that is written from the right."""

import re
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from config import translations
from reviews.actions.mailing import mail_at_once
from reviews.models import Mailing, Notification
from tests import make
from tests.marked import speaking

pytestmark = pytest.mark.django_db


@pytest.fixture
def german(tmp_path):
    """As `LANGUAGES=de,en-gb` has it."""
    with speaking("de", LOCALE_PATHS=[translations.make_ready(tmp_path)]):
        yield


@pytest.fixture
def film(cast):
    made = make.film(title="Heat", year=1995, release_date=date(1995, 12, 15))
    for member, stars in ((cast.ana, 4.5), (cast.bea, 4), (cast.fay, 5)):
        make.mark(member=member, film=made, stars=stars)
    return made


def said(client, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).text


def test_pages_and_refusals_are_german_and_machines_read_what_they_always_did(german, client, film):
    page = said(client, film.get_absolute_url())
    assert '<html lang="de"' in page
    assert "15. Dezember 1995" in page and "4,5" in page and "Anmelden und bewerten" in page
    assert re.search(r'"ratingValue": "4\.5"', page)
    answer = client.get("/api/v1/films/heat-1996/")
    assert answer.json() == {"detail": "So heißt hier nichts.", "code": "not_found"}
    assert client.get(f"/api/v1/films/{film.slug}/").json()["rating"]["average"] == 4.5


@pytest.mark.django_db(transaction=True)  # for pages are kept outside of one alone
def test_each_reader_gets_their_own_language_also_of_what_is_kept(german, client, film):
    for queries in (None, 0):  # made, then kept
        with CaptureQueriesContext(connection) as asked:
            assert "Anmelden und bewerten" in said(client, film.get_absolute_url())
            assert "Log in to rate" in said(client, film.get_absolute_url(), accept_language="en-GB,en;q=0.8")
            assert "Anmelden und bewerten" in said(client, film.get_absolute_url(), accept_language="fr")
        assert queries is None or len(asked) == queries


def test_a_reader_chooses_another_language_at_the_foot_and_keeps_it(german, client, film):
    page = said(client, "/rules/")
    assert '<a rel="nofollow" href="/language/?to=en-gb&amp;next=/rules/" lang="en-gb">' in page
    answer = client.get("/language/?to=en-gb&next=/rules/")
    assert (answer.status_code, answer["Location"]) == (302, "/rules/")
    assert '<html lang="en-gb"' in said(client, film.get_absolute_url(), accept_language="de")
    client.get("/language/?to=xx")  # which the site does not speak
    assert '<html lang="en-gb"' in said(client, film.get_absolute_url())


def test_a_curtain_is_labelled_for_who_reads_and_not_for_who_wrote(german, client, cast):
    with translation.override("en-gb"):
        review = make.review(member=cast.ana, body="So.\n\n>!\nHe dies.\n!<\n\nAnd >!so!<.")
    page = said(client, review.get_absolute_url())
    assert "Dahinter ist ein Spoiler. Vorhang auf" in page and "A spoiler is behind here" not in page
    assert "A spoiler is behind here. Open the curtain" in said(client, review.get_absolute_url(), accept_language="en")


def test_mails_of_jobs_are_in_the_language_of_the_site(german, cast):
    make.confirmed_address(cast.ana)
    review = make.review(member=cast.ana, film=make.film(title="Heat", year=1995))
    make.comment(member=cast.bea, review=review)
    Notification.objects.update(mailing=Mailing.NOW)
    translation.deactivate()  # no request said what is spoken
    mail_at_once()
    (message,) = mail.outbox
    assert message.subject == "Bea hat kommentiert: deine Kritik zu Heat (1995)"
    assert "Du wolltest davon sofort per Mail hören." in message.body
    assert '<html lang="de"' in message.alternatives[0].content


@pytest.mark.parametrize(("language", "first", "direction"), [("en-gb", "Mon", ""), ("he", "ראשון", ' dir="rtl"')])
def test_a_week_begins_and_a_page_runs_as_the_language_has_it(client, cast, language, first, direction):
    make.viewing(member=cast.ana, watched_on=date(2024, 3, 5))
    with speaking(language):
        page = said(client, "/members/ana/stats/2024/", accept_language=language)
    assert f'<html lang="{language}"{direction} data-lights' in page
    labels = re.findall(r'class="under"[^>]*>(?:<span>)?([^<]+)', page[page.index('id="weekdays"') :])
    assert labels[0] == first
