"""Following, blocking, changing one's name, tokens, invitations."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import actions
from accounts.models import AccessToken, Follow, FormerUsername, Invite, User
from accounts.models.token import digest
from accounts.names import RESERVED, validate_username
from reviews.models import Review
from tests import make
from tests.api import program


def test_following_counts_once_on_both_sides(cast):
    for _ in range(2):
        actions.follow(member=cast.fay, other=cast.ana)
    cast.ana.refresh_from_db()
    cast.fay.refresh_from_db()
    assert (cast.ana.follower_count, cast.fay.following_count) == (2, 1)
    actions.unfollow(member=cast.fay, other=cast.ana)
    cast.ana.refresh_from_db()
    assert cast.ana.follower_count == 1


def test_nobody_follows_themselves_or_across_a_block(cast):
    with pytest.raises(ValidationError):
        actions.follow(member=cast.ana, other=cast.ana)
    for one, other in ((cast.ana, cast.cem), (cast.cem, cast.ana)):
        with pytest.raises(PermissionDenied):
            actions.follow(member=one, other=other)


def test_blocking_ends_following_both_ways(cast):
    actions.follow(member=cast.ana, other=cast.bea)
    actions.block(member=cast.ana, other=cast.bea)
    assert not Follow.objects.filter(followed__in=[cast.ana, cast.bea]).exists()


@pytest.mark.parametrize(
    "name", ["a", "x" * 31, "film/club", "-ana", "ana-", "a b", "ana.b", "ána", "admin", "ADMIN", ""]
)
def test_names_that_cannot_be_are_refused(name):
    with pytest.raises(ValidationError):
        validate_username(name)


@pytest.mark.parametrize("name", ["ab", "Film_club-7", "x" * 30, "007"])
def test_names_that_can_be_are_taken(name):
    validate_username(name)


def test_every_reserved_word_is_refused():
    for name in RESERVED:
        with pytest.raises(ValidationError):
            validate_username(name)


def test_names_are_unique_whatever_their_case(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.member(username="ANA")
    with pytest.raises(ValidationError):
        actions.change_username(member=cast.bea, username="Ana")


def test_a_former_name_stays_with_its_member(cast):
    actions.change_username(member=cast.ana, username="anouk")
    assert FormerUsername.objects.get().username == "ana"
    with pytest.raises(ValidationError):
        actions.change_username(member=cast.bea, username="ANA")
    actions.change_username(member=cast.ana, username="ana")
    assert User.objects.get(pk=cast.ana.pk).username == "ana"
    assert list(FormerUsername.objects.values_list("username", flat=True)) == ["anouk"]


def test_nobody_gathers_names(cast, client):
    client.force_login(cast.ana)
    for number in range(5):
        client.post("/accounts/settings/username/", {"username": f"ana-{number}"})
    refused = client.post("/accounts/settings/username/", {"username": "one-more"})
    assert refused.status_code == 422 and "5 times in 30 days" in refused.text and 'value="one-more"' in refused.text
    told = program(cast.ana).patch("me/", {"username": "one-more"})
    assert (told.status_code, list(told.json())) == (400, ["username"])
    assert client.post("/accounts/settings/username/", {"username": "Ana"}).status_code == 302, "her own"
    FormerUsername.objects.filter(username="ana-1").update(until=timezone.now() - timedelta(days=31))
    assert client.post("/accounts/settings/username/", {"username": "one-more"}).status_code == 302


def test_a_profile_is_checked_and_trimmed(cast):
    blank = {"display_name": "", "bio": "", "location": "", "pronouns": "", "website": ""}
    saved = actions.save_profile(
        member=cast.ana, **blank | {"display_name": " Ana M ", "website": "https://ana.example"}
    )
    assert saved.name == "Ana M"
    for field, value in (("website", "javascript:alert(1)"), ("bio", "x" * 1001), ("display_name", "x" * 51)):
        with pytest.raises(ValidationError) as refusal:
            actions.save_profile(member=cast.ana, **blank | {field: value})
        assert field in refusal.value.message_dict


def test_only_the_digest_of_a_token_is_kept(cast):
    token, secret = actions.make_token(member=cast.ana, name="Phone", scopes=["read"])
    assert AccessToken.objects.valid().get(digest=digest(secret)) == token
    assert secret not in str(AccessToken.objects.values().get())
    actions.revoke_token(member=cast.bea, token_id=token.pk)
    assert AccessToken.objects.exists()
    actions.revoke_token(member=cast.ana, token_id=token.pk)
    assert not AccessToken.objects.exists()


def test_tokens_of_the_suspended_and_the_expired_are_worth_nothing(cast):
    actions.make_token(member=cast.ana, name="Old", scopes=["read"], expires_at=timezone.now() - timedelta(seconds=1))
    actions.make_token(member=cast.bea, name="Phone", scopes=["read"])
    User.objects.filter(pk=cast.bea.pk).update(is_active=False)
    assert not AccessToken.objects.valid().exists()


def test_an_invitation_lets_one_person_in(cast):
    with pytest.raises(PermissionDenied):
        actions.make_invite(member=cast.ana)
    invite = actions.make_invite(member=make.allow(cast.dora, "accounts.add_invite"))
    actions.take_invite(member=cast.fay, code=invite.code)
    with pytest.raises(ValidationError):
        actions.take_invite(member=cast.bea, code=invite.code)
    assert Invite.objects.get().used_by == cast.fay


@pytest.mark.django_db
def test_an_index_finds_names_as_the_site_and_its_libraries_look_for_them():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for rows, index in (
        (User.objects.active().named("Ana"), "username_unique"),
        (User.objects.filter(username__iexact="Ana"), "username_unique"),
        (Review.objects.order_by().filter(member__username__iexact="Ana"), "username_unique"),
        (FormerUsername.objects.filter(username__iexact="Ana"), "former_username_unique"),
    ):
        assert f"Index Scan using {index}" in rows.explain(), rows.query
