"""Notifications by the API."""

from itertools import pairwise

import pytest

from accounts import actions as people
from reviews.actions.reviewing import like_review
from reviews.models import Notification
from reviews.notices import DEFAULTS, Way, all_ways, told_to, unread_count
from tests import make
from tests.api import Api, assert_golden, program, queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast) -> Notification:
    review = make.review(member=cast.fay, film=make.film(title="Heat", year=1995))
    comment = make.comment(member=cast.bea, review=review, body="Is that >!the end!< so?")
    return make.notice(member=cast.ana, kind="reply", actor=cast.bea, comment=comment)


def test_it_lists_the_newest_first(cast, told):
    film = make.film(title="Thief", year=1981)
    make.notice(member=cast.ana, kind="leaving", film=film, details={"service": "MUBI", "ends_on": "2026-12-03"})
    make.notice(member=cast.fay, kind="mention", actor=cast.bea, comment=told.comment)
    assert_golden("notifications", Api(as_=cast.ana).get("me/notifications/"))


def test_it_lists_the_unread_or_the_read(cast, told):
    api = Api(as_=cast.ana)
    assert len(api.get("me/notifications/?unread=true").json()["results"]) == 1
    assert api.get("me/notifications/?unread=false").json()["results"] == []
    assert api.patch(f"me/notifications/{told.pk}/", {"read": True}).json()["read"] is True
    assert api.get("me/notifications/?unread=true").json()["results"] == []
    assert api.patch(f"me/notifications/{told.pk}/", {"read": False}).json()["read"] is False
    assert api.get("me/notifications/?unread=maybe").status_code == 400
    assert api.patch(f"me/notifications/{told.pk}/", {"read": "perhaps"}).status_code == 400
    assert api.patch(f"me/notifications/{told.pk}/", {}).status_code == 400


def test_it_pages(cast, told):
    for n in range(5):
        make.notice(member=cast.ana, kind="thread", actor=cast.bea, key=f"k{n}")
    api, path, seen = Api(as_=cast.ana), "me/notifications/?page_size=2", []
    while path:
        answer = api.get(path).json()
        seen += [row["id"] for row in answer["results"]]
        path = answer["next"]
    assert seen == sorted(seen, reverse=True) and len(seen) == 6


@pytest.mark.parametrize("which", ["", "&unread=true", "&unread=false"])
def test_it_pages_there_and_back_through_what_the_queryset_has(cast, told, which):
    for n in range(9):
        made = make.notice(member=cast.ana, kind="thread", actor=cast.bea, key=f"k{n}")
        moment = made.created_at.replace(second=n // 3)
        Notification.objects.filter(pk=made.pk).update(created_at=moment, read_at=moment if n % 2 else None)
    known = {"&unread=true": {"read_at": None}, "&unread=false": {"read_at__isnull": False}}.get(which, {})
    expected = list(told_to(cast.ana).filter(**known).newest().values_list("pk", flat=True))
    pages, api, path = [], Api(as_=cast.ana), f"me/notifications/?page_size=2{which}"
    while path:
        pages.append(api.get(path).json())
        path = pages[-1]["next"]
    assert [row["id"] for page in pages for row in page["results"]] == expected
    for earlier, later in pairwise(pages):
        assert api.get(later["previous"]).json()["results"] == earlier["results"]


def test_what_is_not_to_be_seen_is_not_there(cast, told):
    api = Api(as_=cast.ana)
    people.block(member=cast.bea, other=cast.ana)
    assert api.get("me/notifications/").json()["results"] == []
    for answer in (api.get(f"me/notifications/{told.pk}/"), api.patch(f"me/notifications/{told.pk}/", {"read": True})):
        assert answer.status_code == 404
    told.refresh_from_db()
    assert not told.is_read


def test_it_marks_all_as_read(cast, told):
    like_review(member=cast.bea, review=make.review(member=cast.ana))
    api = Api(as_=cast.ana)
    assert api.post("me/notifications/read/").json() == {"marked": 2}
    assert api.post("me/notifications/read/").json() == {"marked": 0}
    assert unread_count(cast.ana) == 0


def test_choices_are_read_and_changed_a_kind_at_a_time(cast):
    api = Api(as_=cast.ana)
    assert_golden("notice_choices", api.get("me/notifications/choices/"))
    changed = {"choices": [{"kind": "reply", "mail": "weekly"}, {"kind": "follow", "on_site": False}]}
    answer = api.patch("me/notifications/choices/", changed)
    assert answer.status_code == 200 and answer.json() == api.get("me/notifications/choices/").json()
    assert all_ways(cast.ana) == DEFAULTS | {"reply": Way(True, "weekly"), "follow": Way(False, "never")}


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"choices": [{"kind": "gossip", "mail": "now"}]},
        {"choices": [{"kind": "reply", "mail": "hourly"}]},
        {"choices": [{"mail": "now"}]},
        {"choices": [{"kind": "reply"}] * 51},
        {"choices": {"kind": "reply"}},
    ],
)
def test_bad_choices_are_refused_and_change_nothing(cast, sent):
    answer = Api(as_=cast.ana).patch("me/notifications/choices/", sent)
    assert answer.status_code == 400 and "choices" in answer.json()
    assert all_ways(cast.ana) == DEFAULTS


def test_a_program_that_may_only_read_only_reads(cast, told):
    reader = program(cast.ana, "read")
    assert reader.get("me/notifications/").status_code == 200
    assert reader.patch(f"me/notifications/{told.pk}/", {"read": True}).status_code == 403
    assert reader.post("me/notifications/read/").status_code == 403
    assert unread_count(cast.ana) == 1


def test_it_asks_the_database_as_often_for_many_as_for_one(cast, told):
    few = queries_of("GET", "me/notifications/?page_size=100", as_=cast.ana)
    for n in range(60):
        comment = make.comment(member=cast.bea, review=told.comment.review)
        make.notice(member=cast.ana, kind="reply", actor=cast.bea, comment=comment, key=f"k{n}")
    assert queries_of("GET", "me/notifications/?page_size=100", as_=cast.ana) == few
