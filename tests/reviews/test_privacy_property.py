"""For any arrangement of members: no page, feed, count, search, mail or answer tells a reader what they may not know.

`PRIVACY_EXAMPLES` in the environment makes it look at more arrangements than a day's run has time for.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Q, QuerySet, Value
from django.test import Client
from django.urls import NoReverseMatch, reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from accounts.models.sight import is_signed_in
from reviews import curtains
from reviews.models.comment import CommentQuerySet
from reviews.models.review import ReviewQuerySet
from tests.arrangements import MEMBERS, WRITERS, arrangements
from tests.base import rows_for_a_module
from tests.privacy import WORD, World, build, letters
from tests.walking import leaks, read

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("PRIVACY_EXAMPLES", "0"))
A_FEW = 4

# Somebody of everything: 0 writes in private, 1 for followers, 2 in the open and blocks 3; 3 follows nobody.
HOUSE: dict[str, Any] = {
    "follows": {(0, 1), (1, 2), (3, 0)}, "blocks": {(2, 3)}, "mutes": {(0, 2)}, "suspended": set(), "private": {1},
    "seen": set(),
    "writings": [
        {"review": seen, "draft": True, "removed": False, "whole": whole, "viewing": seen, "context": False,
         "mark": seen, "shelf": seen, "list": seen, "list_removed": False}
        for seen, whole in (("private", False), ("followers", True), ("public", False))
    ],
    "comments": [(3, 2, ""), (0, 2, ""), (1, 2, "deleted"), (2, 1, ""), (0, 1, "")],
    "likes": {(3, 2), (0, 2), (2, 0)},
}  # fmt: skip


def readers(world: World) -> list[int | None]:
    return [None, *(n for n in range(MEMBERS) if n not in world.arrangement["suspended"])]


def wrong_counts(world: World, reader: int | None) -> list[str]:
    """Counts in which the reader could find somebody whom they do not see."""
    client = Client()
    if reader is not None:
        client.force_login(world.members[reader])
    wrong = []
    for n in range(WRITERS):
        answer = client.get(f"/api/v1/reviews/{world.reviews[n].pk}/")
        if answer.status_code == 200:
            told = (answer.json()["likes"], answer.json()["comments"])
            if told != (world.likes_of(reader, n), world.comments_of(reader, n)):
                wrong.append(f"likes and comments of {n}: {told}")
    for n in range(MEMBERS):
        answer = client.get(f"/api/v1/members/{world.members[n].username}/")
        if answer.status_code == 200 and answer.json()["followers"] != world.followers_of(reader, n):
            wrong.append(f"followers of {n}: {answer.json()['followers']}")
    return wrong


def missing(world: World, reader: int | None) -> list[str]:
    """What the reader may know and does not find at its own address."""
    client = Client()
    if reader is not None:
        client.force_login(world.members[reader])
    gone = []
    for n in range(WRITERS):
        allowed = world.reads_review(reader, n)
        status, text, _kind = read(client, f"/reviews/{world.reviews[n].pk}/")
        if (status == 200) is not allowed or (f"zqopen{n}x" in text) is not allowed:
            gone.append(f"review {n}: {status}")
        if (address := _address("reviews:list", world.lists[n].pk)) is not None:
            allowed = world.sees_list(reader, n)
            status, text, _kind = read(client, address)
            if (status == 200) is not allowed or (f"zqabout{n}x" in text) is not allowed:
                gone.append(f"list {n}: {status}")
    return gone


def _address(name: str, *parts: Any) -> str | None:
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return None


def in_letters(world: World) -> list[str]:
    found = []
    for reader, text in letters(world):
        for word in set(WORD.findall(text.lower())):
            rule = world.words[word]
            if not rule.may(reader) or (rule.covers and not world.has_seen(reader, rule.covers)):
                found.append(f"{word} in a letter to {reader}")
    return found


class PrivacyTest(TestCase):
    @settings(
        max_examples=EXAMPLES or A_FEW, deadline=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.reuse, Phase.generate], print_blob=True,
    )  # fmt: skip
    @pytest.mark.slow
    @given(arrangements, st.integers(0, MEMBERS), st.integers(0, 2))
    def test_nobody_comes_upon_what_they_may_not_know(self, arrangement, who, part):
        world = build(arrangement)
        everybody = readers(world)
        for reader in everybody:
            assert missing(world, reader) == [], reader
            assert wrong_counts(world, reader) == [], reader
        # Looking everywhere takes time: a third of it by one of them, unless there is all night.
        for reader in everybody if EXAMPLES else [everybody[who % len(everybody)]]:
            assert leaks(world, reader, part=None if EXAMPLES else part) == [], reader
        assert in_letters(world) == []


@pytest.fixture(autouse=True)
def _compiled_for_this_test_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that is broken here must be broken in queries that were compiled before, and whole again after it."""
    monkeypatch.setattr("accounts.compiled.COMPILED", {})


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with rows_for_a_module(django_db_blocker):
        yield build(HOUSE)


@pytest.mark.slow
def test_the_house_of_examples_keeps_its_secrets(house: World):
    for part, reader in enumerate(readers(house)):
        assert (missing(house, reader), wrong_counts(house, reader)) == ([], []), reader
        assert leaks(house, reader, part=None if reader in (None, 3) else part % 3) == [], reader
    assert in_letters(house) == []


# The same walk finds every rule that is broken.


def test_it_notices_reviews_that_are_open_to_all(house: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ReviewQuerySet, "visible_to", lambda self, _viewer: self.published())
    found = leaks(house, None, ".*reviews|/members/")
    assert any(line.startswith("zqopen0x at /reviews/") for line in found)
    assert any("feeds/reviews.rss" in line for line in found) and any("/api/v1/" in line for line in found)


def test_it_notices_drafts(house: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(ReviewQuerySet, "visible_to", lambda self, _viewer: self)
    assert any(line.startswith("zqdraft") for line in leaks(house, 3, "/reviews/|/members/|/api/v1/reviews/"))


def test_it_notices_comments_of_the_blocked(house: World, monkeypatch: pytest.MonkeyPatch):
    shown = Value(False)
    monkeypatch.setattr(CommentQuerySet, "marking_hidden", lambda self, _viewer: self.annotate(is_hidden=shown))
    assert any(line.startswith("zqsaid0x") for line in leaks(house, 2, ".*reviews/"))


def test_it_notices_members_whom_a_block_keeps_away(house: World, monkeypatch: pytest.MonkeyPatch):
    def all_of_them(self: Any, viewer: Any) -> Any:
        """Asking for the viewer, since a query that does not is refused (accounts/compiled.py), and for nothing."""
        return self.filter(Q(pk=viewer.pk) | Q(pk__isnull=False)) if is_signed_in(viewer) else self

    monkeypatch.setattr("accounts.models.user.UserQuerySet.not_blocking", all_of_them)
    assert any(line.startswith("zqname2x") for line in leaks(house, 3, ".*members/|/search/"))


def test_it_notices_counts_of_the_blocked(house: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("reviews.counting.apart_from", lambda _viewer: frozenset())
    assert wrong_counts(house, 2) != []


def test_it_notices_a_curtain_that_is_open(house: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(curtains, "_is_open", lambda _row, _number: True)
    found = leaks(house, None, ".*reviews/")
    assert any("uncovered at /reviews/" in line for line in found) and any("/api/v1/" in line for line in found)


@pytest.mark.slow
def test_it_notices_members_who_are_suspended_and_still_shown(house: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(house.arrangement, "suspended", {1})
    User.objects.filter(pk=house.members[1].pk).update(is_active=False)
    assert leaks(house, None, ".*members/") == []
    monkeypatch.setattr("accounts.models.user.UserQuerySet.active", lambda self: QuerySet.all(self))
    assert any(line.startswith("zqname1x") for line in leaks(house, None, ".*members/"))
