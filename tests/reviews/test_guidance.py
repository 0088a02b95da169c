"""What members say that films contain: who may, what is counted and told, on the film's page and on one of its own."""

from io import StringIO

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from films.models import ContentNote, Film
from reviews.actions.departing import delete_account
from reviews.actions.erasing import erase_account
from reviews.actions.guiding import say_what_it_contains
from reviews.actions.moderating import reinstate, suspend
from reviews.actions.rating import mark_film
from reviews.guidance import guidance_on
from reviews.models import ContentCount, ContentVote, Departure, Level, Posting
from tests import make, staff
from tests.base import cost_of
from tests.reviews.votes import ask_for_five, many_say, say
from tests.tallies import wrong_tallies
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _five_notes(db):
    ask_for_five()


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017)


def at(film) -> str:
    return f"{film.get_absolute_url()}guidance/"


def of(film, category: str):
    return next(said for said in guidance_on(film).categories if said.category == category)


def of_note(film, slug: str):
    return next(said for said in guidance_on(film).notes if said.slug == slug)


def test_it_is_said_changed_and_taken_back_by_a_plain_form(cast, film):
    ana = staff.logged_in(cast.ana)
    assert "Mark it as watched first." in ana.get(at(film)).text
    make.mark(member=cast.ana, film=film, watched=True)
    assert "Save what I say" in ana.get(at(film)).text
    cost = cost_of(ana, at(film))
    for _sent_twice in range(2):
        answer = ana.post(f"{at(film)}votes/", {"violence": "2", "note-flashing-lights": "1", "note-spiders": "0"})
        assert answer["Location"] == at(film)
    assert of(film, "violence").answers == [0, 0, 1, 0] and of_note(film, "flashing-lights").yes == 1
    assert of_note(film, "spiders").no == 1 and Posting.objects.get().kind == "guidance", "what was sent twice is one"
    page = ana.get(at(film))
    assert page.text.count(" checked") == 3 + 4 + ContentNote.objects.count() - 2, "and all others are left open"
    assert "Too few have said: 1 so far." in page.text and cost_of(ana, at(film)) <= cost
    ana.post(f"{at(film)}votes/", {"violence": "3"})
    assert of(film, "violence").answers == [0, 0, 0, 1] and of_note(film, "flashing-lights").votes == 0
    assert "You say nothing about this film any more." in ana.post(
        f"{at(film)}votes/", {"nothing": "1"}, follow=True
    ).text  # fmt: skip
    assert not ContentVote.objects.exists() and wrong_tallies() == []


def test_what_cannot_be_counted_comes_back_with_a_sentence(cast, film):
    ana = staff.logged_in(cast.ana)
    page = ana.post(f"{at(film)}votes/", {"violence": "2"})
    assert page.status_code == 422 and "Say that you have seen the film first" in page.text
    make.mark(member=cast.ana, film=film, watched=True)
    page = ana.post(f"{at(film)}votes/", {"violence": "7", "profanity": "1"})
    assert page.status_code == 422 and "Choose one of these answers." in page.text
    assert 'name="profanity" value="1" id="id_profanity_2" checked' in page.text, "what was right stays as it was"
    for wrong in ({"levels": {"violence": 9}}, {"levels": {"boredom": 1}}, {"notes": {"boring": True}}):
        with pytest.raises(ValidationError):
            say_what_it_contains(member=cast.ana, film=film, **{"levels": {}, "notes": {}} | wrong)
    User.objects.filter(pk=cast.ana.pk).update(date_joined=timezone.now())
    Posting.objects.bulk_create(Posting(member=cast.ana, kind="guidance") for _each in range(30))
    page = ana.post(f"{at(film)}votes/", {"violence": "2"})
    assert page.status_code == 422 and "30 films to vote on in 24 hours" in page.text
    assert not ContentVote.objects.exists()
    assert ana.get("/films/never-was/guidance/").status_code == 404
    assert ana.post("/films/never-was/guidance/votes/", {"violence": "2"}).status_code == 404


def test_the_database_holds_one_answer_that_fits(cast, film):
    note = make.content_note("Spiders")
    about = {"member": cast.ana, "film": film}
    for wrong in (
        {"category": "violence", "answer": 4}, {"note": note, "answer": 2}, {"answer": 1},
        {"category": "violence", "note": note, "answer": 1}, {"category": "boredom", "answer": 1},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            ContentVote.objects.create(**about, **wrong)
    for right in ({"category": "violence", "answer": 3}, {"note": note, "answer": 1}):
        ContentVote.objects.create(**about, **right)
        with pytest.raises(IntegrityError), transaction.atomic():
            ContentVote.objects.create(**about, **right)


def test_nothing_is_told_of_fewer_than_five(film):
    many_say(film, levels={"violence": [2, 2, 3, 1]}, notes={"flashing-lights": "yyyy"})
    page = staff.Client().get(film.get_absolute_url()).text
    assert "Too few members have said yet" in page and "Flashing lights" not in page
    page = staff.Client().get(at(film)).text
    assert "Too few have said: 4 so far." in page and "Members say" not in page and "Moderate, say" not in page
    many_say(film, levels={"violence": [2]}, notes={"flashing-lights": "n"})
    page = staff.Client().get(film.get_absolute_url()).text
    assert "Moderate, say 3 of 5" in page
    assert "1 thing that members say is in it: it may give something away" in page
    assert "Flashing lights (4 of 5)" in page
    page = staff.Client().get(at(film)).text
    assert "Moderate, say 3 of 5" in page and "Members say so (4 of 5)" in page


def test_what_most_say_is_told_apart_from_what_they_differ_about(film):
    many_say(film, levels={"sex": [0, 0, 2, 2, 1]}, notes={"spiders": "yyynn", "needles": "nnnny", "vomiting": "yyyyn"})
    assert of(film, "sex").level == Level.MODERATE, "of two that as many say, the stronger"
    assert not of(film, "sex").is_clear
    assert [bar.share for bar in of(film, "sex").bars] == [40, 20, 40, 0]
    page = staff.Client().get(at(film)).text
    assert "Members differ; Moderate most often (2 of 5)" in page and "Flashing lights" not in page
    assert "Members differ: 3 of 5 say so" in page and "Members say no (4 of 5)" in page
    film.content_notes.add(ContentNote.objects.get(slug="vomiting"))
    page = staff.Client().get(film.get_absolute_url()).text
    assert "members say is in it" not in page and "1 content note: it may give something away" in page


def test_a_film_that_one_has_said_something_about_stays_watched(cast, film):
    say(cast.ana, film, violence=2)
    with pytest.raises(ValidationError, match="You have said what the film contains"):
        mark_film(member=cast.ana, film=film, watched=False)
    say_what_it_contains(member=cast.ana, film=film, levels={}, notes={})
    assert not mark_film(member=cast.ana, film=film, watched=False).is_watched


def test_who_is_suspended_does_not_count_until_they_are_back(cast, film):
    say(cast.ana, film, {"spiders": True}, violence=2)
    suspend(moderator=make.member(is_staff=True, is_superuser=True), member=cast.ana, reason="x", rule="spam")
    assert of(film, "violence").votes == of_note(film, "spiders").votes == 0 and wrong_tallies() == []
    reinstate(moderator=make.member(is_staff=True, is_superuser=True), member=cast.ana)
    assert of(film, "violence").votes == of_note(film, "spiders").votes == 1 and wrong_tallies() == []


def test_who_leaves_takes_it_along(cast, film):
    say(cast.ana, film, {"spiders": True}, violence=2)
    say(cast.bea, film, violence=1)
    ana = staff.logged_in(cast.ana)
    log_in_afresh(ana)
    assert "What you said that 1 film contains" in ana.get("/accounts/data/deletion/").text
    delete_account(member=cast.ana)
    erase_account(Departure.objects.get().pk)
    assert of(film, "violence").answers == [0, 1, 0, 0] and of_note(film, "spiders").votes == 0
    assert ContentVote.objects.count() == 1 and wrong_tallies() == []


def test_a_film_and_a_note_can_go(cast, film):
    say(cast.ana, film, {"spiders": True}, violence=2)
    ContentNote.objects.get(slug="spiders").delete()
    assert ContentVote.objects.count() == ContentCount.objects.count() == 1
    Film.objects.get(pk=film.pk).delete()
    assert not ContentVote.objects.exists() and not ContentCount.objects.exists()


def test_a_wrong_count_is_found_and_mended(cast, film):
    say(cast.ana, film, {"spiders": True}, violence=2)
    ContentCount.objects.filter(category="violence").update(answers=[7, 0, 0, 0])
    ContentCount.objects.filter(note__slug="spiders").delete()
    ContentCount.objects.create(film=film, note=ContentNote.objects.get(slug="needles"), answers=[0, 3, 0, 0])
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_integrity", stdout=said)
    assert (
        f"reviews_contentcount {film.pk} violence: answers is [7, 0, 0, 0], should be [0, 0, 1, 0]" in said.getvalue()
    )
    call_command("check_integrity", repair=True, stdout=StringIO())
    assert wrong_tallies() == [] and of(film, "violence").answers == [0, 0, 1, 0]
    assert of_note(film, "spiders").yes == 1 and of_note(film, "needles").votes == 0


def test_nobody_sees_who_said_what(cast, film):
    say(cast.ana, film, violence=2)
    assert list(ContentVote.objects.visible_to(cast.bea)) == []
    assert ContentVote not in admin.site._registry and "ana" not in str(ContentVote.objects.get())


def test_a_film_page_costs_no_more_with_all_of_it(cast, film):
    fay = staff.logged_in(cast.fay)
    cost, own = cost_of(fay, film.get_absolute_url()), cost_of(fay, at(film))
    many_say(film, levels={name: [1, 2, 3, 3, 3] for name in ("violence", "sex", "fright")}, notes={"spiders": "yyyyy"})
    assert cost_of(fay, film.get_absolute_url()) <= cost and cost_of(fay, at(film)) <= own <= 12
