"""A member follows somebody elsewhere, and takes it back. The other server is a real one."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.federation import switching
from accounts.federation.blocking import block_server
from accounts.federation.following import MOST_SOUGHT, follow, take_up, unfollow
from accounts.federation.naming import actor_address
from accounts.models import Actor, Dispatch, FollowElsewhere, Inbox, Refusal, ServerBlock, Stranger, User
from reviews.actions.departing import delete_account
from reviews.jobs import take_up_elsewhere
from tests import staff
from tests.reviews.federation import catch_up, followed, following, only, open_up, told, work

pytestmark = pytest.mark.django_db


def test_somebody_is_found_by_their_name_asked_and_lets_the_member_in(cast, peer):
    actor = open_up(cast.ana)
    made = follow(member=cast.ana, who=f" zoe@{peer.host.upper()} ")
    assert (made.state, made.called, made.handle) == ("sought", f"@zoe@{peer.host}", f"@zoe@{peer.host}")
    assert peer.asked == [] and peer.got == [], "nobody is asked before a job does"
    [got] = told(peer)
    assert got.is_proved_by(actor.public_key)
    own, theirs = actor_address(actor.pk), peer.who("zoe")
    assert (got.said["type"], got.said["actor"], got.said["object"]) == ("Follow", own, theirs)
    assert got.said["id"] == f"{own}#follow-{made.pk}"
    made.refresh_from_db()
    assert made.state == "asked" and made.stranger.handle == f"@zoe@{peer.host}"
    assert not FollowElsewhere.objects.heard().exists()
    assert peer.send(peer.activity("Accept", got.said)).state == "done"
    assert FollowElsewhere.objects.heard().get() == made
    assert follow(member=cast.ana, who=f"@zoe@{peer.host}") == made, "who is followed is not asked again"
    cast.ana.refresh_from_db()
    assert cast.ana.following_count == 0 and told(peer) == []


@pytest.mark.parametrize("where", ["/@zoe", "/users/zoe"])
def test_somebody_is_found_by_the_address_of_their_page(cast, peer, where):
    open_up(cast.ana)
    follow(member=cast.ana, who=f"https://{peer.host}{where}")
    assert only(told(peer))["object"] == peer.who("zoe")


def test_by_two_names_somebody_is_followed_once(cast, peer):
    following(peer, cast.ana)
    follow(member=cast.ana, who=peer.who("zoe"))
    assert told(peer) == [] and FollowElsewhere.objects.count() == 1


def test_an_answer_by_the_address_alone_is_understood(cast, peer):
    made = following(peer, cast.ana, accepted=False)
    own = actor_address(made.actor_id)
    assert peer.send(peer.activity("Accept", f"{own}#follow-{made.pk}")).state == "done"
    assert FollowElsewhere.objects.heard().exists()


def test_a_server_that_says_no_is_believed_also_later_and_may_be_asked_again(cast, peer):
    made = following(peer, cast.ana)
    asked = {"type": "Follow", "actor": actor_address(made.actor_id), "object": peer.who("zoe")}
    assert peer.send(peer.activity("Reject", asked)).state == "done"
    made.refresh_from_db()
    assert made.state == "refused" and not FollowElsewhere.objects.heard().exists()
    assert peer.send(peer.activity("Accept", asked)).state == "left", "of what was refused nothing comes by itself"
    again = follow(member=cast.ana, who=peer.who("zoe"))
    assert again.pk != made.pk and only(told(peer))["id"].endswith(f"#follow-{again.pk}")
    assert FollowElsewhere.objects.get() == again


def test_nobody_answers_for_another(cast, peer):
    made = following(peer, cast.ana, accepted=False)
    following(peer, cast.bea, "yan", accepted=False)
    asked = {"type": "Follow", "id": f"{actor_address(made.actor_id)}#follow-{made.pk}", "object": peer.who("zoe")}
    answer = peer.send(peer.activity("Accept", asked, by="yan"), by="yan")
    assert (answer.state, answer.because) == ("left", "nobody asked")
    assert not FollowElsewhere.objects.heard().exists()


def test_unfollowing_is_told(cast, peer):
    made = following(peer, cast.ana)
    unfollow(member=cast.ana, follow_id=made.pk)
    said = only(told(peer))
    assert (said["type"], said["object"]["type"], said["object"]["id"][-len(f"follow-{made.pk}") :]) == (
        "Undo", "Follow", f"follow-{made.pk}",
    )  # fmt: skip
    assert not FollowElsewhere.objects.exists()
    with pytest.raises(FollowElsewhere.DoesNotExist):
        unfollow(member=cast.ana, follow_id=made.pk)


def test_what_has_not_left_yet_never_asks(cast, peer):
    open_up(cast.ana)
    made = follow(member=cast.ana, who=f"@zoe@{peer.host}")
    peer.answers = [503]
    work()
    peer.got.clear()
    unfollow(member=cast.ana, follow_id=made.pk)
    catch_up()
    assert peer.kinds() == ["Undo"]


def test_nobody_unfollows_for_another(cast, peer):
    made = following(peer, cast.ana)
    open_up(cast.bea)
    with pytest.raises(FollowElsewhere.DoesNotExist):
        unfollow(member=cast.bea, follow_id=made.pk)


@pytest.mark.parametrize("how", ["off", "private", "suspended", "left"])
def test_whoever_ends_here_follows_nobody_there(cast, peer, how):
    following(peer, cast.ana)
    if how == "off":
        switching.switch_off(member=cast.ana)
    elif how == "left":
        delete_account(member=cast.ana)
    else:
        fields = {"is_private": True} if how == "private" else {"is_active": False}
        User.objects.filter(pk=cast.ana.pk).update(**fields)
    assert not FollowElsewhere.objects.heard().exists(), "at once"
    catch_up()
    assert sorted(peer.kinds()) == ["Delete", "Undo"]
    assert not FollowElsewhere.objects.exists()
    catch_up()
    assert not Actor.objects.filter(member=cast.ana).exists()


def test_an_account_that_is_deleted_takes_it_back(cast, peer):
    following(peer, cast.ana)
    cast.ana.delete()
    catch_up()
    assert sorted(peer.kinds()) == ["Delete", "Undo"]


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("zoe", "Write their whole name"), ("", "Write their whole name"), ("@zoe@", "Write their whole name"),
        ("@zoe@10.0.0.1", "Write their whole name"), ("http://social.example.org/@zoe", "Write their whole name"),
        ("https://127.0.0.1/@zoe", "Write their whole name"), ("@zoe@localhost", "Write their whole name"),
        ("@ana@127.0.0.1:8000", "follow them on their page"), ("@zoe@loud.spam.example.org", "take nothing from"),
        ("@zoe@refused.example.org", "You block all of this server"), ("javascript:alert(1)", "Write their whole name"),
        ("@zoe@social.example.org\x00", "Write their whole name"), ("@" + "z" * 101 + "@a.example.org", "Write their"),
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_refused_in_words(cast, settings, who, told):
    settings.FEDERATION_PRIVATE = "8000" in who
    open_up(cast.ana)
    ServerBlock.objects.create(domain="spam.example.org", reason="Spam.")
    Refusal.objects.create(member=cast.ana, host="refused.example.org", called="refused.example.org")
    with pytest.raises(ValidationError, match=told):
        follow(member=cast.ana, who=who)
    assert not FollowElsewhere.objects.exists()


def test_who_cannot_be_followed_follows_nobody(cast, peer, settings):
    with pytest.raises(ValidationError, match="Switch on first"):
        follow(member=cast.ana, who="@zoe@social.example.org")
    open_up(cast.ana)
    settings.FEDERATION = False
    with pytest.raises(ValidationError, match="Switch on first"):
        follow(member=cast.ana, who="@zoe@social.example.org")


def test_a_member_has_few_servers_asked_in_a_day(cast):
    open_up(cast.ana)
    for number in range(MOST_SOUGHT):
        follow(member=cast.ana, who=f"@zoe@s{number}.example.org")
    with pytest.raises(ValidationError, match="Go on tomorrow"):
        follow(member=cast.ana, who="@zoe@social.example.org")


@pytest.mark.parametrize(
    "how", ["nobody", "no link", "another host", "of a program", "not json", "someone else", "no key", "far inbox"]
)
def test_whoever_is_not_what_they_seem_is_not_asked(cast, peer, how):
    open_up(cast.ana)
    if how == "nobody":
        peer.status = 404
    elif how == "no link":
        peer.link = {"rel": "me"}
    elif how == "another host":
        peer.link = {"href": "https://169.254.169.254/users/zoe"}
    elif how == "of a program":
        peer.link = {"type": "text/html"}
    elif how == "not json":
        peer.instead = b"<html>"
    elif how == "someone else":
        peer.instead = json.dumps(peer.described("yan")).encode()
    elif how == "no key":
        peer.changed["zoe"] = {"publicKey": None}
    else:
        peer.changed["zoe"] = {"inbox": "https://victim.example.org/inbox"}
    made = follow(member=cast.ana, who=f"@zoe@{peer.host}")
    assert told(peer) == []
    made.refresh_from_db()
    assert made.state == "missing" and made.stranger is None
    assert not Stranger.objects.exists()


def test_a_server_that_does_not_answer_is_asked_again_and_then_given_up(cast, peer):
    open_up(cast.ana)
    made = follow(member=cast.ana, who=f"@zoe@{peer.host}")
    peer.status = 302
    for attempts in (1, 2, 2):
        work()
        made.refresh_from_db()
        assert made.attempts == attempts
    assert made.state == "missing"
    peer.status = 200
    again = follow(member=cast.ana, who=f"@zoe@{peer.host}")
    assert only(told(peer))["id"].endswith(f"-{again.pk}")


def test_whose_job_was_lost_is_looked_for_all_the_same(cast, peer):
    open_up(cast.ana)
    made = follow(member=cast.ana, who=f"@zoe@{peer.host}")
    FollowElsewhere.objects.filter(pk=made.pk).update(created_at="2024-01-01T00:00Z")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'accounts.look_for_elsewhere'")
    take_up_elsewhere()
    assert only(told(peer))["type"] == "Follow"
    take_up()
    assert told(peer) == []


def test_who_is_blocked_is_followed_no_more(cast, peer):
    followed(peer, cast.ana)
    following(peer, cast.ana)
    follower = Actor.objects.get(member=cast.ana).followers.get()
    switching.refuse(member=cast.ana, follower_id=follower.pk)
    assert sorted(got.kind for got in told(peer)) == ["Reject", "Undo"]
    assert not FollowElsewhere.objects.exists()
    follow(member=cast.ana, who=f"@zoe@{peer.host}")
    assert told(peer) == [] and FollowElsewhere.objects.get().state == "missing"


def test_who_blocks_the_member_there_is_followed_no_more(cast, peer):
    made = following(peer, cast.ana)
    assert peer.send(peer.activity("Block", actor_address(made.actor_id))).state == "done"
    assert not FollowElsewhere.objects.exists() and told(peer) == []


def test_a_blocked_server_is_followed_by_nobody_and_hears_nothing(cast, peer):
    following(peer, cast.ana)
    Inbox.objects.update(host="social.example.org")
    block_server(moderator=staff.administrator(), domain="example.org", reason="Spam.")
    assert not FollowElsewhere.objects.exists() and told(peer) == [] and not Dispatch.objects.exists()


def test_a_server_that_was_blocked_meanwhile_is_not_asked(cast, peer):
    open_up(cast.ana)
    made = follow(member=cast.ana, who=f"@zoe@{peer.host}")
    ServerBlock.objects.create(domain="localhost", reason="Spam.")
    assert told(peer) == [] and peer.asked == []
    made.refresh_from_db()
    assert made.state == "missing"


def test_whoever_is_deleted_there_is_followed_no_more(cast, peer):
    following(peer, cast.ana)
    peer.status = 410
    assert peer.send(peer.activity("Delete", peer.who("zoe"))).state == "done"
    assert not FollowElsewhere.objects.exists()
