"""Notices above every page: for whom, from when until when, and how each reader puts them away."""

import time
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config.kept_pages import put_away_in
from reviews.actions.departing import delete_account
from reviews.actions.erasing import erase_account
from reviews.actions.noticing import MOST_NOTICES, end_notice, put_away, save_notice
from reviews.house import MOST_SHOWN
from reviews.models import HouseNotice, NoticePutAway
from tests import make, staff
from tests.api import Api, assert_golden, program
from tests.reviews.town import ask
from tests.staff import act, form_of, page_of

NOTICES = "/admin/reviews/housenotice/"
A_DAY = timedelta(days=1)
kept = pytest.mark.django_db(transaction=True)
plain = pytest.mark.django_db


@pytest.fixture
def dora(db):
    return staff.curator(username="dora")


def board(client: Client | None = None, address: str = "/films/") -> str:
    """What stands above the page."""
    page = (client or Client()).get(address).text
    return page[page.index('<aside class="board') : page.index("</aside>")] if '<aside class="board' in page else ""


def was_kept(address: str, client: Client) -> bool:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return not asked.captured_queries


@plain
def test_a_notice_stands_above_every_page_of_whom_it_concerns(dora):
    save_notice(editor=dora, words="We meet <on> Thursday.", link="/lists/", link_words="What for")
    save_notice(editor=dora, words="The key lies with Ana.", audience="members")
    member = staff.logged_in(make.member())
    for address in ("/", "/films/", "/accounts/login/", "/house/", "/nowhere/"):
        assert "We meet &lt;on&gt; Thursday." in board(address=address)
        assert '<a href="/lists/">What for</a>' in board(address=address) and "Ana" not in board(address=address)
    assert "The key lies with Ana." in board(member) and "We meet" in board(member)
    assert "Ana" not in Client().get("/house/").text and "Ana" in member.get("/house/").text


@plain
def test_work_on_the_house_comes_first_and_few_stand_at_once(dora):
    for number in range(MOST_SHOWN + 1):
        save_notice(editor=dora, words=f"News {number}.", starts_at=timezone.now() - timedelta(hours=number))
    save_notice(editor=dora, words="Closed at six.", kind="maintenance", starts_at=timezone.now() - A_DAY)
    shown = board()
    assert shown.index("Closed at six.") < shown.index("News 0.") < shown.index("News 1.")
    assert shown.count("data-notice>") == MOST_SHOWN and "News 2." not in shown


@plain
def test_curators_put_notices_up_and_nobody_else(dora):
    notice = save_notice(editor=dora, words="We meet.")
    words = {"words": "Buy watches."}
    acts = (
        partial(save_notice, **words),
        partial(save_notice, notice=notice, **words),
        partial(end_notice, notice=notice),
    )
    for member in (make.member(), staff.moderator()):
        for do in acts:
            with pytest.raises(PermissionDenied):
                do(editor=member)
    assert board().count("We meet.") == 2, "what it says, and what its button is called"


@plain
@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"words": "\u200b"}, "Nothing of this can be seen"),
        ({"words": "x" * 301}, "at most 300 characters"),
        ({"link": "//example.org/", "link_words": "There"}, "begins with /"),
        ({"link": "javascript:alert(1)", "link_words": "There"}, "begins with /"),
        ({"link": "mailto:a@example.org", "link_words": "There"}, "begins with /"),
        ({"link": "/lists/"}, "A link needs both"),
        ({"link_words": "There"}, "A link needs both"),
        ({"ends_at": timezone.now() - A_DAY}, "It must end after it begins"),
    ],
)
def test_what_cannot_stand_is_refused_in_a_sentence(dora, facts, told):
    with pytest.raises(ValidationError, match=told):
        save_notice(editor=dora, **{"words": "We meet."} | facts)
    assert not HouseNotice.objects.exists()


@plain
def test_the_database_holds_it_too(dora):
    now = timezone.now()
    for broken in ({"ends_at": now - A_DAY}, {"link": "/lists/"}, {"link_words": "There"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HouseNotice.objects.create(words="We meet.", **{"starts_at": now} | broken)
    notice, member = save_notice(editor=dora, words="We meet."), make.member()
    for _again in range(2):
        put_away(member=member, notice=notice)
    assert NoticePutAway.objects.count() == 1
    for number in range(MOST_NOTICES - 1):
        save_notice(editor=dora, words=f"News {number}.")
    with pytest.raises(ValidationError, match="End one first"):
        save_notice(editor=dora, words="One too many.")
    end_notice(editor=dora, notice=notice)
    save_notice(editor=dora, words="Room again.")


@plain
def test_a_member_puts_a_notice_away_for_good(dora):
    notice, member = save_notice(editor=dora, words="We meet."), make.member()
    here, elsewhere = staff.logged_in(member), staff.logged_in(member)
    away = f"/house/notices/{notice.pk}/away/"
    assert here.get(f"{away}?next=/films/")["Location"] == "/films/" and board(here), "a look changes nothing"
    assert here.post(f"{away}?next=/films/%3Fgenre%3Dwar")["Location"] == "/films/?genre=war"
    assert not board(here) and not board(elsewhere) and board(), "on every device, and for nobody else"
    assert "We meet." in here.get("/house/").text, "there it can be read again"
    save_notice(editor=dora, notice=notice, words="We meet at eight.")
    assert not board(here)
    assert here.post(f"{away}?next=//evil.example.org/")["Location"] == "/"
    end_notice(editor=dora, notice=notice)
    assert here.post(away).status_code == 404 and not board()


@plain
def test_a_visitor_puts_a_notice_away_in_a_cookie(dora):
    first = save_notice(editor=dora, words="We meet.", ends_at=timezone.now() + A_DAY)
    second = save_notice(editor=dora, words="We are two.")
    hidden = save_notice(editor=dora, words="The key.", audience="members")
    visitor = Client()
    answer = visitor.get(f"/house/notices/{first.pk}/away/?next=/films/")
    assert (answer["Location"], answer.cookies["away"].value) == ("/films/", str(first.pk))
    assert 0 < answer.cookies["away"]["max-age"] <= A_DAY.total_seconds() + 1, "as long as the notice"
    assert "We meet." not in board(visitor) and "We are two." in board(visitor) and "We meet." in board()
    answer = visitor.get(f"/house/notices/{second.pk}/away/", headers={"HX-Request": "true"})
    assert answer.status_code == 200 and "<html" not in answer.text and "autofocus" in answer.text
    assert visitor.cookies["away"].value == f"{first.pk}-{second.pk}" and not board(visitor)
    assert Client().get(f"/house/notices/{hidden.pk}/away/").status_code == 404
    assert NoticePutAway.objects.count() == 0
    end_notice(editor=dora, notice=first)
    third = save_notice(editor=dora, words="We are three.")
    visitor.get(f"/house/notices/{third.pk}/away/")
    assert visitor.cookies["away"].value == f"{second.pk}-{third.pk}", "what is over is forgotten"


@pytest.mark.parametrize("cookie", ["", "x", "0", "-1", "1-", "1--2", "01", "٣", "1 2", "9" * 19, "-".join(["7"] * 21)])
def test_a_cookie_that_the_site_did_not_write_counts_for_nothing(cookie):
    assert put_away_in(cookie) == frozenset()


@kept
def test_a_notice_shows_on_the_very_next_request_of_anybody(dora):
    member, visitor = staff.logged_in(make.member()), Client()
    for client in (member, visitor):
        assert not board(client) and not board(client)
    notice = save_notice(editor=dora, words="We meet.")
    assert board(member) and board(visitor)
    assert was_kept("/films/", visitor), "it is part of the page that is kept for all"
    end_notice(editor=dora, notice=notice)
    assert not board(member) and not board(visitor)


@kept
def test_who_has_put_a_notice_away_gets_kept_pages_too(dora):
    notice = save_notice(editor=dora, words="We meet.")
    visitor, other, member = Client(), Client(), staff.logged_in(make.member())
    for client in (visitor, other, member):
        assert board(client) and board(client)
    visitor.get(f"/house/notices/{notice.pk}/away/")
    member.post(f"/house/notices/{notice.pk}/away/")
    assert not board(visitor) and not board(member) and board(other)
    assert was_kept("/films/", visitor) and was_kept("/films/", other)
    assert not board(visitor) and board(other)


@kept
@pytest.mark.parametrize("address", ["/", "/films/", "/house/"])
def test_a_notice_begins_and_ends_on_time_on_pages_that_are_kept(dora, address):
    def shows() -> bool:
        return "We meet." in ask(address).text

    def looks_until(moment: datetime) -> set[bool]:
        """What the looks that came in time had to say, two at least of a page that is kept; then waits for it."""
        looks = [(shows(), timezone.now()) for _twice in range(2)]
        time.sleep(max(0, (moment - timezone.now()).total_seconds()))
        return {shown for shown, at in looks if at < moment}

    shows()  # what is read once is read by then
    soon = timezone.now() + timedelta(seconds=1.5)
    notice = save_notice(editor=dora, words="We meet.", starts_at=soon)
    assert looks_until(soon) <= {False}
    assert shows()
    end = timezone.now() + timedelta(seconds=1.5)
    save_notice(editor=dora, notice=notice, ends_at=end)
    assert looks_until(end) <= {True}
    assert not shows()


@plain
def test_the_desk_ends_a_notice_and_keeps_what_was_typed(dora):
    desk = staff.logged_in(dora)
    sent = {"kind": "news", "words": "Typed.", "audience": "everybody", "starts_at": "2026-01-01T00:00"}
    late = desk.post(f"{NOTICES}add/", sent | {"link": "nowhere", "link_words": "There"})
    assert "begins with /" in late.text and "Typed." in late.text
    desk.post(f"{NOTICES}add/", sent)
    notice = HouseNotice.objects.get()
    assert notice.made_by == dora
    old = form_of(desk.get(page_of(notice)))
    save_notice(editor=dora, notice=notice, words="In another window.")
    late = desk.post(page_of(notice), old | {"words": "Here."})
    assert "after you opened it" in late.text and "Here." in late.text
    put_away(member=make.member(), notice=notice)
    assert "In another window." in desk.get(f"{NOTICES}?state=standing").text
    act(desk, NOTICES, "end", [notice])
    notice.refresh_from_db()
    assert notice.ends_at <= timezone.now() and "In another window." in desk.get(f"{NOTICES}?state=over").text
    assert "In another window." not in desk.get(f"{NOTICES}?state=coming").text
    desk.post(f"{NOTICES}{notice.pk}/delete/", {"post": "yes"})
    assert not HouseNotice.objects.exists() and not NoticePutAway.objects.exists()
    coming = save_notice(editor=dora, words="Tomorrow.", starts_at=timezone.now() + A_DAY)
    act(desk, NOTICES, "end", [coming])
    assert not HouseNotice.objects.exists(), "nobody has seen it"


@plain
def test_programs_read_notices_and_put_them_away(dora):
    day = datetime(2024, 1, 28, tzinfo=UTC)
    notice = save_notice(editor=dora, words="We meet.", link="/lists/", link_words="What for", starts_at=day)
    ends = datetime(2124, 1, 28, tzinfo=UTC)
    save_notice(editor=dora, words="The key.", audience="members", starts_at=day - A_DAY, ends_at=ends)
    save_notice(editor=dora, words="Tomorrow.", starts_at=timezone.now() + A_DAY)
    member = make.member()
    api = program(member)
    assert [one["words"] for one in Api().get("house/notices/").json()["results"]] == ["We meet."]
    assert_golden("house_notices", api.get("house/notices/"))
    assert api.put(f"house/notices/{notice.pk}/away/").status_code == 204
    assert [one["put_away"] for one in api.get("house/notices/").json()["results"]] == [True, False]
    assert "We meet." not in board(staff.logged_in(member))
    assert Api().put(f"house/notices/{notice.pk}/away/").status_code == 401
    assert program(member, "read").put(f"house/notices/{notice.pk}/away/").status_code == 403


@kept
def test_an_account_that_is_deleted_takes_along_what_it_put_away(dora):
    notice, member = save_notice(editor=dora, words="We meet."), make.member(password=make.PASSWORD)
    put_away(member=member, notice=notice)
    erase_account(delete_account(member=member).pk)
    assert not NoticePutAway.objects.exists() and board()
