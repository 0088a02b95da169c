"""Notes on films for oneself: on the film's page, on a page of one's own, in the API, in merges and imports."""

import json
from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from films.actions.merging import merge_films
from films.actions.unmerging import undo_merge
from reviews.actions import jotting
from reviews.actions.departing import delete_account
from reviews.actions.erasing import erase_account
from reviews.actions.importing import choose_rule
from reviews.actions.jotting import delete_note, keep_note
from reviews.models import Departure, Posting, PrivateNote
from reviews.models.private_note import LONGEST_NOTE
from tests import make, staff
from tests.api import Api, assert_golden, program
from tests.base import cost_of
from tests.reviews.imports import bring, take_in, undo
from tests.reviews.town import ask

pytestmark = pytest.mark.django_db
ALL = "/accounts/notes/"


@pytest.fixture
def film():
    return make.film(title="Baby Driver", year=2017)


def at(film) -> str:
    return f"{film.get_absolute_url()}note/"


def test_it_is_written_changed_and_deleted_on_the_films_page_without_a_script(cast, film):
    ana = staff.logged_in(cast.ana)
    page = ana.get(film.get_absolute_url())
    assert "Write a note to yourself" in page.text and f'action="{at(film)}"' in page.text
    cost = cost_of(ana, film.get_absolute_url())
    kept = ana.post(at(film), {"body": " Tom has <b>it</b>.\r\n\r\nThe mirrors! ", "version": "0"})
    assert kept["Location"] == f"{film.get_absolute_url()}#note"
    page = ana.get(film.get_absolute_url()).text
    assert "<p>Tom has &lt;b&gt;it&lt;/b&gt;.</p>\n\n<p>The mirrors!</p>" in page and "Only you can see it." in page
    assert cost_of(ana, film.get_absolute_url()) == cost
    for _sent_twice in range(2):
        ana.post(at(film), {"body": "Tom had it.", "version": "1"})
    note = PrivateNote.objects.get()
    assert (note.body, note.version) == ("Tom had it.", 2) and note.updated_at > note.created_at
    assert "Tom had it." in ana.get(f"{at(film)}?list=1").text
    assert ana.post(at(film), {"body": "Tom has it again.", "version": "2", "list": "1"})["Location"] == ALL
    ana.post(at(film), {"body": "Tom has it again.", "version": "3", "delete": "1"})
    assert not PrivateNote.objects.exists() and "Write a note to yourself" in ana.get(film.get_absolute_url()).text
    keep_note(member=cast.ana, film=film, body="Once more.")
    ana.post(at(film), {"body": " \n ", "version": "1"})
    assert not PrivateNote.objects.exists(), "to leave nothing of it deletes it, too"


def test_what_cannot_be_kept_comes_back_with_a_sentence(cast, film, monkeypatch):
    ana = staff.logged_in(cast.ana)
    long = "Mirrors. " * 600
    page = ana.post(at(film), {"body": long, "version": "0"})
    assert page.status_code == 422 and "This is 5,399 characters long. Shorten it to 5,000 or fewer." in page.text
    assert long.strip() in page.text and not PrivateNote.objects.exists()
    page = ana.post(at(film), {"body": "\u2800", "version": "0"})
    assert page.status_code == 422 and "Write something first." in page.text
    keep_note(member=cast.ana, film=film, body="From the other window.")
    page = ana.post(at(film), {"body": "From this window.", "version": "0"})
    assert page.status_code == 409 and "From the other window." in page.text and "From this window." in page.text
    assert "changed in another window" in page.text and 'name="version" value="1"' in page.text
    assert ana.post(at(film), {"body": "", "version": "0"}).status_code == 409, "nor is what was not seen deleted"
    ana.post(at(film), {"delete": "1", "version": "1"})
    page = ana.post(at(film), {"body": "Of before.", "version": "1"})
    assert page.status_code == 409 and "There it was deleted." in page.text and 'name="version" value="0"' in page.text
    User.objects.filter(pk=cast.ana.pk).update(date_joined=timezone.now())
    Posting.objects.bulk_create(Posting(member=cast.ana, kind="note") for _each in range(199))
    other = make.film()
    page = ana.post(at(other), {"body": "One too many for today.", "version": "0"})
    assert page.status_code == 422 and "200 private notes in 24 hours" in page.text and "for today." in page.text
    assert program(cast.ana).put(f"me/notes/{other.slug}/", {"body": "Nor so."}).status_code == 429
    Posting.objects.all().delete()
    monkeypatch.setattr(jotting, "MOST_NOTES", 1)
    keep_note(member=cast.ana, film=make.film(), body="The only one.")
    page = ana.post(at(film), {"body": "One more.", "version": "0"})
    assert page.status_code == 422 and "there is no room for more" in page.text and "One more." in page.text
    page = ana.post("/films/never-was/note/", {"body": "Of a film that went."})
    assert page.status_code == 410 and "Of a film that went." in page.text


@pytest.mark.django_db(transaction=True)
def test_who_marked_the_film_alike_is_not_shown_it(cast, film):
    """Parts of the page are kept for all whose marks are alike and who block nobody: the note is in none of them."""
    boss = make.member(is_staff=True, is_superuser=True)
    for member in (cast.fay, cast.bea, boss):
        make.mark(member=member, film=film, stars=4)
    keep_note(member=cast.fay, film=film, body="Under the third step.")
    for member, is_shown in ((cast.fay, True), (cast.bea, False), (boss, False), (None, False), (cast.fay, True)):
        client = staff.logged_in(member) if member else None
        assert ("third step" in ask(film.get_absolute_url(), client).text) is is_shown
    keep_note(member=cast.fay, film=film, body="Under the fourth step.")
    assert "fourth step" in ask(film.get_absolute_url(), staff.logged_in(cast.fay)).text
    assert PrivateNote not in admin.site._registry


def test_ones_own_are_listed_and_searched_the_last_changed_first(cast, film):
    ana, heat = staff.logged_in(cast.ana), make.film(title="Heat", year=1995)
    assert "No notes yet" in ana.get(ALL).text
    keep_note(member=cast.ana, film=film, body="Über Tom.")
    one = cost_of(ana, ALL)
    keep_note(member=cast.ana, film=heat, body="From Tom, who saw it twice.")
    keep_note(member=cast.bea, film=heat, body="From Tom, too.")
    titles = {"": ["Heat", "Baby Driver"], "über": ["Baby Driver"], "tom HEA": ["Heat"], "too": [], "tom_": []}
    for query, found in titles.items():
        assert [note.film.title for note in ana.get(ALL, {"q": query}).context["rows"]] == found, query
    assert "No note has these words" in ana.get(ALL, {"q": "too"}).text
    keep_note(member=cast.ana, film=film, body="Über Tom und Ada.")
    for _more in range(20):
        keep_note(member=cast.ana, film=make.film(), body="One of many.")
    first = ana.get(ALL)
    rest = ana.get(ALL + first.context["next_url"]).context["rows"]
    assert [note.film.title for note in rest] == ["Baby Driver", "Heat"]
    assert cost_of(ana, ALL) == one <= 12
    assert (
        ALL in ana.get("/members/ana/diary/").text
        and ALL not in staff.logged_in(cast.bea).get("/members/ana/diary/").text
    )


def test_programs_keep_read_and_delete_them(cast, film):
    api, one = program(cast.ana), f"me/notes/{film.slug}/"
    assert api.get(one).status_code == 404
    assert api.put(one, {"body": "Tom has the disc.", "version": 0}).json()["version"] == 1
    assert_golden("private_notes", api.get("me/notes/?search=disc"))
    assert api.put(one, {"body": "Ada has it.", "version": 0}).json()["code"] == "stale"
    assert api.put(one, {"body": "Ada has it."}).json()["version"] == 2
    for wrong in ("", "m" * (LONGEST_NOTE + 1)):
        answer = api.put(one, {"body": wrong})
        assert answer.status_code == 400 and "body" in answer.json()
    assert api.get("me/notes/?updated_since=2100-01-01T00:00:00Z").json()["results"] == []
    assert program(cast.ana, "read").put(one, {"body": "No."}).status_code == 403
    assert Api().get("me/notes/").status_code == 401
    assert Api(as_=cast.bea).get("me/notes/").json()["results"] == []
    assert Api(as_=cast.bea).delete(one).status_code == 204 and api.get(one).json()["body"] == "Ada has it."
    assert [api.delete(one).status_code for _twice in range(2)] == [204, 204] and api.get(one).status_code == 404


def test_two_films_that_become_one_have_both_notes_and_take_them_apart_again(cast, film):
    cora, gone = staff.curator(username="cora"), make.film(title="Baby Driver", year=2018)
    keep_note(member=cast.ana, film=gone, body="Earlier.")
    keep_note(member=cast.ana, film=film, body="Later.")
    keep_note(member=cast.bea, film=gone, body="Hers alone.")
    before = list(PrivateNote.objects.order_by("pk").values_list("member", "film", "body"))
    merge = merge_films(curator=cora, kept=film, gone=gone)
    assert set(PrivateNote.objects.values_list("film", "body")) == {
        (film.pk, "Later.\n\nEarlier."),
        (film.pk, "Hers alone."),
    }
    assert PrivateNote.objects.get(member=cast.ana).version == 2, "a form that was open is of before"
    undo_merge(curator=cora, merge=merge)
    assert list(PrivateNote.objects.order_by("pk").values_list("member", "film", "body")) == before


def test_what_is_deleted_is_not_kept_by_a_merge_either(cast, film):
    """Not by the one that joined the notes, though the film became part of another since; what others said stays."""
    cora = staff.curator(username="cora")
    gone, last = (make.film(title="Baby Driver", year=year) for year in (2018, 2019))
    for member in (cast.ana, cast.bea, cast.fay):
        keep_note(member=member, film=gone, body=f"The first of {member.username}.")
        keep_note(member=member, film=film, body=f"The second of {member.username}.")
    merge = merge_films(curator=cora, kept=film, gone=gone)
    merge_films(curator=cora, kept=last, gone=film)

    def told() -> list[bool]:
        merge.refresh_from_db()
        return [f"of {name}." in json.dumps(merge.record) for name in ("ana", "bea", "fay")]

    assert told() == [True, True, True]
    delete_note(member=cast.ana, film=last)
    assert told() == [False, True, True]
    delete_account(member=cast.bea)
    erase_account(Departure.objects.get().pk)
    assert told() == [False, False, True] and list(PrivateNote.objects.values_list("member", flat=True)) == [
        cast.fay.pk
    ]


def test_a_copy_brings_them_as_its_rule_says_and_undoing_takes_them_away(cast, film):
    other = make.film(title="Heat", year=1995)
    rows = [
        {
            "film": {"title": one.title, "year": one.year},
            "body": f"Of {one.title}.",
            "updated_at": "2022-01-01T00:00:00Z",
        }
        for one in (film, other)
    ]
    copy = {
        "json/export.json": json.dumps({"format": "intermission", "version": 1}),
        "json/notes.json": json.dumps(rows),
    }
    keep_note(member=cast.ana, film=film, body="Mine.")
    PrivateNote.objects.update(updated_at=datetime(2021, 1, 1, tzinfo=UTC))
    for rule, left in (("mine", "Mine."), ("newer", "Of Baby Driver."), ("theirs", "Of Baby Driver.")):
        made = bring(cast.ana, copy)
        assert sorted(made.rows.values_list("verdict", flat=True)) == ["conflict", "new"]
        page = staff.logged_in(cast.ana).get(f"/accounts/data/import/{made.pk}/?show=conflict").text
        assert "Yours: “Mine.”" in page and "Private note" in page
        choose_rule(member=cast.ana, importing=made, rule=rule)
        take_in(made)
        assert [note.body for note in cast.ana.private_notes.order_by("pk")] == [left, "Of Heat."]
        undo(made)
        assert [note.body for note in cast.ana.private_notes.all()] == ["Mine."]
        PrivateNote.objects.update(updated_at=datetime(2021, 1, 1, tzinfo=UTC))
    made = take_in(bring(cast.ana, copy))
    keep_note(member=cast.ana, film=other, body="Mine by now.")
    undo(made)
    assert cast.ana.private_notes.get(film=other).body == "Mine by now."
    with pytest.raises(ValidationError):
        keep_note(member=cast.ana, film=other, body=" ")
