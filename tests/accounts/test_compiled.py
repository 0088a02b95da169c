"""Querysets that are compiled once: the same rows as those that are not, and a refusal of what would be wrong later."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.compiled import NotPreparable, for_viewers, prepared, row_of
from accounts.models import Follow, User
from accounts.models.sight import is_signed_in
from tests import make

pytestmark = pytest.mark.django_db


@prepared(viewer=row_of("accounts.User"), name=str)
def followed_but(viewer, name):
    """Whom a member follows, but for one."""
    rows = (
        Follow.objects.filter(follower=viewer).exclude(followed__username=name).exclude(followed__bio__contains="100%")
    )
    return rows.select_related("followed").annotate(since=F("created_at")).order_by("pk")


def test_it_gives_the_rows_of_the_queryset(cast):
    for name in ("Robert'); --", "50% off", "ünï"):
        Follow.objects.create(follower=cast.bea, followed=make.member(username=f"m{len(name)}", display_name=name))
    for viewer in (cast.bea, cast.ana):
        for name in ("ana", "m7", "%s", "';"):
            rows = followed_but(viewer=viewer.pk, name=name)
            expected = list(followed_but.unprepared(viewer, name))
            assert rows == expected
            assert [vars(row.followed).keys() for row in rows] == [vars(row.followed).keys() for row in expected]
            assert [row.since for row in rows] == [row.created_at for row in expected]


def test_it_is_a_query_like_any_other(cast):
    followed_but(viewer=cast.bea.pk, name="")
    with CaptureQueriesContext(connection) as asked:
        (row,) = followed_but(viewer=cast.bea.pk, name="")
        assert row.followed == cast.ana
    assert len(asked) == 1


def test_it_refuses_what_would_not_be_the_same_later(cast):
    @prepared(viewer=row_of("accounts.User"))
    def joined_lately(viewer):
        return User.objects.exclude(pk=viewer.pk).filter(date_joined__gt=timezone.now() - timedelta(days=7))

    @prepared(viewer=row_of("accounts.User"))
    def everybody(viewer):
        return User.objects.all()

    @prepared(viewer=row_of("accounts.User"))
    def joined_before(viewer):
        return User.objects.exclude(pk=viewer.pk).filter(date_joined__lt=Now())

    with pytest.raises(NotPreparable, match="moment"):
        joined_lately(viewer=cast.ana.pk)
    with pytest.raises(NotPreparable, match="nothing depends on viewer"):
        everybody(viewer=cast.ana.pk)
    assert cast.bea in joined_before(viewer=cast.ana.pk)


@prepared(members=list, before=datetime)
def joined_of(members, before):
    return User.objects.filter(pk__in=members, date_joined__lt=before).order_by("pk")


def test_a_list_of_numbers_may_be_of_any_length(cast):
    ids = [cast.ana.pk, cast.bea.pk, cast.fay.pk]
    for chosen in ([], ids[:1], ids):
        assert [row.pk for row in joined_of(members=chosen, before=timezone.now())] == sorted(chosen)
    assert joined_of(members=ids, before=timezone.now() - timedelta(days=9999)) == []


@prepared(most=int, kept=int)
def the_first(most, kept):
    return User.objects.exclude(pk=kept).filter(pk__in=User.objects.order_by("-pk")[:most]).order_by("pk")[:2]


def test_how_many_rows_are_wanted_may_be_a_value(cast):
    numbers = sorted(User.objects.values_list("pk", flat=True))
    for most in (0, 1, 2, 50):
        assert [row.pk for row in the_first(most=most, kept=0)] == (numbers[-most:] if most else [])[:2]


@for_viewers(name=str)
def followers_called(viewer, name):
    """One shape for a member, another for whoever is signed out."""
    rows = User.objects.filter(username=name)
    return rows.exclude(pk=viewer.pk) if is_signed_in(viewer) else rows.filter(is_private=False)


def test_a_visitor_and_a_member_each_have_their_query(cast):
    User.objects.filter(pk=cast.bea.pk).update(is_private=True)
    assert cast.bea not in followers_called(AnonymousUser(), name="bea")
    assert followers_called(cast.ana, name="bea") == [cast.bea]
    assert followers_called(cast.bea, name="bea") == []


def test_a_number_that_no_column_holds_finds_nothing(cast):
    for number in (10**22, -(10**22), 2**63):
        assert followed_but(viewer=number, name="") == []
