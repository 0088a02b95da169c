"""Members by the API: profiles, following, blocking, one's own profile and tokens."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import actions
from accounts.models import AccessToken, Block, Follow, User
from tests import make
from tests.api import Api, assert_golden, program

pytestmark = pytest.mark.django_db


def test_it_reads_a_profile(cast):
    answer = Api().get("members/ana/")
    assert_golden("member", answer)
    assert b"example.org" not in answer.content  # no email address
    assert Api(as_=cast.bea).get("members/ANA/").json()["you"] == {
        "follow": True,
        "requested": False,
        "are_followed": False,
        "mute": False,
        "block": False,
    }
    assert Api(as_=cast.ana).get("members/bea/").json()["you"] == {
        "follow": False,
        "requested": False,
        "are_followed": True,
        "mute": False,
        "block": False,
    }
    assert Api(as_=cast.ana).get("members/ana/").json()["you"] is None


def test_it_leads_from_a_former_name(cast):
    actions.change_username(member=cast.ana, username="anna")
    answer = Api().get("members/Ana/reviews/")
    assert (answer.status_code, answer["Location"]) == (301, "http://testserver/api/v1/members/anna/reviews/")
    assert Api(as_=cast.bea).put("members/ana/follow/").status_code == 308


@pytest.mark.parametrize("path", ["", "diary/", "reviews/", "watchlist/", "followers/", "following/", "stats/"])
def test_it_hides_members_from_those_they_block(cast, path):
    assert Api(as_=cast.cem).get(f"members/ana/{path}").status_code == 404
    assert Api(as_=cast.ana).get(f"members/cem/{path}").status_code == 404
    assert Api(as_=cast.fay).get(f"members/ana/{path}").status_code == 200
    assert Api().get(f"members/nobody/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["diary/", "reviews/", "watchlist/", "lists/", "stats/", "tags/", "activity/", "followers/", "following/"],
)
def test_a_private_account_shows_what_is_below_its_profile_to_followers_only(cast, path):
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    readers = {"nobody": Api(), "fay": Api(as_=cast.fay), "bea": Api(as_=cast.bea), "ana": Api(as_=cast.ana)}
    found = {name: reader.get(f"members/ana/{path}").status_code for name, reader in readers.items()}
    assert found == {"nobody": 404, "fay": 404, "bea": 200, "ana": 200}
    assert Api().get("members/ana/").json()["is_private"]


def test_it_hides_suspended_members(cast):
    User.objects.filter(pk=cast.bea.pk).update(is_active=False)
    assert Api().get("members/bea/").status_code == 404
    assert Api().get("members/ana/followers/").json()["results"] == []


def test_it_follows_and_stops(cast):
    api = program(cast.fay)
    for _again in range(2):
        assert api.put("members/ana/follow/").status_code == 204
    assert Follow.objects.filter(follower=cast.fay, followed=cast.ana).count() == 1
    assert_golden("followers", Api().get("members/ana/followers/"))
    assert_golden("following", Api().get("members/fay/following/"))
    for _again in range(2):
        assert api.delete("members/ana/follow/").status_code == 204
    assert not Follow.objects.filter(follower=cast.fay).exists()


def test_it_refuses_to_follow_oneself_and_whoever_blocks(cast):
    answer = program(cast.fay).put("members/fay/follow/")
    assert (answer.status_code, answer.json()["code"]) == (400, "self")
    assert program(cast.cem).put("members/ana/follow/").status_code == 404
    assert Api().put("members/ana/follow/").status_code == 401


def test_it_asks_a_private_account_and_is_answered(cast):
    fay, ana = program(cast.fay), program(cast.ana)
    assert fay.patch("me/", {"is_private": True}).json()["is_private"] is True
    for _again in range(2):
        assert ana.put("members/fay/follow/").status_code == 204
    assert (
        ana.get("members/fay/").json()["you"] | {"follow": False, "requested": True}
        == (ana.get("members/fay/").json()["you"])
    )
    assert ana.get("members/fay/followers/").status_code == 404
    assert_golden("follow_requests", fay.get("me/requests/"))
    assert ana.put("me/requests/fay/").json()["code"] == "gone"
    for _again in range(2):
        assert fay.put("me/requests/ana/").status_code == 204
    assert fay.get("me/requests/").json()["results"] == []
    assert ana.get("members/fay/").json()["you"]["follow"] is True
    assert ana.get("members/fay/followers/").status_code == 200
    assert fay.delete("me/followers/ana/").status_code == 204
    assert ana.get("members/fay/").json()["you"]["follow"] is False


def test_a_request_is_refused_or_taken_back(cast):
    fay, ana = program(cast.fay), program(cast.ana)
    fay.patch("me/", {"is_private": True})
    ana.put("members/fay/follow/")
    assert fay.delete("me/requests/ana/").status_code == 204
    assert ana.get("members/fay/").json()["you"]["requested"] is False
    ana.put("members/fay/follow/")
    assert ana.delete("members/fay/follow/").status_code == 204
    assert fay.get("me/requests/").json()["results"] == []


def test_it_chooses_who_may_answer(cast):
    ana = program(cast.ana)
    answer = ana.patch("me/", {"comment_policy": "nobody", "hides_scores": True})
    assert (answer.json()["comment_policy"], answer.json()["hides_scores"]) == ("nobody", True)
    assert ana.patch("me/", {"comment_policy": "friends"}).status_code == 400


def test_it_blocks_and_unblocks(cast):
    api = program(cast.ana)
    assert api.put("members/bea/block/").status_code == 204
    assert not Follow.objects.filter(follower=cast.bea).exists()
    assert api.get("members/bea/").status_code == 404
    assert api.delete("members/bea/block/").status_code == 204
    assert api.get("members/bea/").status_code == 200
    assert Block.objects.filter(blocker=cast.ana).count() == 1  # Cem still
    assert api.put("members/ana/block/").json()["code"] == "self"


def test_it_reads_and_changes_my_profile(cast):
    api = program(cast.ana)
    assert_golden("me", api.get("me/"))
    answer = api.patch("me/", {"bio": "Rows G and H.", "website": "https://ana.example.org"})
    assert answer.json()["bio"] == "Rows G and H."
    assert answer.json()["display_name"] == "Ana"
    assert api.patch("me/", {"username": "anna"}).json()["url"] == "http://testserver/members/anna/"
    assert Api().get("me/").status_code == 401


@pytest.mark.parametrize(
    ("sent", "field"),
    [({"username": "a/b"}, "username"), ({"username": "admin"}, "username"), ({"username": "BEA"}, "username"),
     ({"website": "javascript:alert(1)"}, "website"), ({"bio": "x" * 1001}, "bio"), ({"display_name": "x" * 51},
      "display_name"), ({"bio": None}, "bio"), ([], None)],
)  # fmt: skip
def test_it_says_what_is_wrong_with_my_profile(cast, sent, field):
    answer = program(cast.ana).patch("me/", sent)
    assert answer.status_code == 400
    assert (field or "detail") in answer.json()
    assert User.objects.get(pk=cast.ana.pk).username == "ana"


def test_it_changes_nothing_that_is_not_mine_to_change(cast):
    sent = {
        "is_staff": True, "is_superuser": True, "is_active": False, "id": 1, "email": "x@example.org", "password": "x",
        "follower_count": 9, "date_joined": "2000-01-01T00:00:00Z", "avatar_key": "a/b", "groups": [1],
    }  # fmt: skip
    before = User.objects.values().get(pk=cast.ana.pk)
    assert program(cast.ana).patch("me/", sent).status_code == 200
    assert User.objects.values().get(pk=cast.ana.pk) == before


@pytest.fixture
def logged_in(cast):
    """Ana, who has logged in with her password a moment ago."""
    cast.ana.set_password(make.PASSWORD)
    cast.ana.save()
    api = Api()
    answer = api.client.post("/accounts/login/", {"login": "ana", "password": make.PASSWORD})
    assert answer.status_code == 302
    return api


def test_it_makes_and_revokes_tokens(cast, logged_in):
    answer = logged_in.post("me/tokens/", {"name": "A script", "scopes": ["write"]})
    assert answer.status_code == 201
    made = answer.json()
    assert made["scopes"] == ["read", "write"]
    secret = made.pop("secret")
    assert Api(token=secret).get("me/").json()["username"] == "ana"
    listed = logged_in.get("me/tokens/")
    assert listed.json()["results"][0].items() >= {"id": made["id"], "hint": made["hint"]}.items()
    assert secret not in listed.content.decode()
    assert logged_in.delete(f"me/tokens/{made['id']}/").status_code == 204
    assert Api(token=secret).get("me/").status_code == 401
    assert logged_in.delete(f"me/tokens/{made['id']}/").status_code == 404


def test_no_program_makes_itself_a_token(cast):
    answer = program(cast.ana).post("me/tokens/", {"name": "More"})
    assert (answer.status_code, answer.json()["code"]) == (403, "session_required")
    old_session = Api(as_=cast.ana).post("me/tokens/", {"name": "More"})
    assert (old_session.status_code, old_session.json()["code"]) == (403, "reauthenticate")
    assert AccessToken.objects.count() == 1


def test_who_has_just_signed_up_by_an_app_makes_a_token_at_once(db):
    new = {"email": "gil@example.org", "username": "gil", "password": make.PASSWORD}
    joined = Api().client.post("/_allauth/app/v1/auth/signup", new, content_type="application/json")
    app = Api(**{"X-Session-Token": joined.json()["meta"]["session_token"]})
    assert app.post("me/tokens/", {"name": "Phone"}).status_code == 201
    User.objects.update(date_joined=timezone.now() - timedelta(minutes=10))
    later = app.post("me/tokens/", {"name": "Phone"})
    assert (later.status_code, later.json()["code"]) == (403, "reauthenticate")


def test_it_does_not_revoke_the_tokens_of_others(cast, logged_in):
    token, _secret = make.token(member=cast.bea)
    assert logged_in.delete(f"me/tokens/{token.pk}/").status_code == 404
    assert AccessToken.objects.filter(pk=token.pk).exists()


def test_it_shows_a_secret_once_even_when_the_request_is_repeated(logged_in):
    sent = {"name": "A script"}
    headers = {"Idempotency-Key": "one"}
    assert logged_in.post("me/tokens/", sent, **headers).status_code == 201
    again = logged_in.post("me/tokens/", sent, **headers)
    assert (again.status_code, again.json()["code"]) == (409, "already_made")
    assert AccessToken.objects.count() == 1
