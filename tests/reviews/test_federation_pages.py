"""Being followed from elsewhere on the pages, in the API, in a member's copy and at the desks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Actor, Follower, Reaction, Refusal, ServerBlock
from reviews.exporters import account
from tests import make
from tests.api import Api
from tests.elsewhere import follower, neighbours
from tests.reviews.federation import open_up
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db
PAGE = "/accounts/elsewhere/"


@pytest.fixture
def ana(cast) -> Client:
    client = Client()
    client.force_login(cast.ana)
    return client


def words(client: Client, page: str = PAGE) -> str:
    return client.get(page).content.decode()


def test_a_member_switches_it_on_and_off(cast, ana):
    assert "@ana@" not in words(ana)
    said = ana.post(PAGE, {"on": "on", "approves": "on"}, follow=True).content.decode()
    assert "Your choice is saved." in said and "@ana@127.0.0.1:8000" in said
    assert Actor.objects.open().get().approves
    ana.post(PAGE, {"on": "on"})
    assert not Actor.objects.open().get().approves
    ana.post(PAGE, {})
    assert not Actor.objects.open().exists() and "@ana@" not in words(ana)


def test_a_private_account_is_told_why_it_cannot(cast, ana):
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(is_private=True)
    assert "Your account is private. Nobody elsewhere can follow it" in words(ana)
    answer = ana.post(PAGE, {"on": "on"})
    assert answer.status_code == 422 and not Actor.objects.exists()


def test_who_follows_is_let_in_removed_and_blocked(cast, ana):
    waiting = follower(member=cast.ana, name="yan", accepted=False)
    following = follower(member=cast.ana, name="zoe")
    others = follower(member=cast.bea, name="xia")
    page = words(ana)
    assert "1 person elsewhere follows you. 1 more waits for you." in page and "@xia@" not in page
    place = f"{PAGE}followers/{waiting.pk}/"
    said = ana.post(place, {"do": "let"}, follow=True).content.decode()
    assert "@yan@social.example.org follows you now." in said and "2 people elsewhere follow you." in said
    assert "Choose what is to be done." in ana.post(place, {"do": "sing"}, follow=True).content.decode()
    assert "does not follow you any more" in ana.post(place, {"do": "remove"}, follow=True).content.decode()
    assert ana.post(place, {"do": "remove"}).status_code == 404
    assert ana.post(f"{PAGE}followers/{others.pk}/", {"do": "remove"}).status_code == 404
    said = ana.post(f"{PAGE}followers/{following.pk}/", {"do": "refuse_server"}, follow=True).content.decode()
    assert "Everybody at social.example.org is blocked." in said
    assert list(Follower.objects.all()) == [others]
    refusal = Refusal.objects.get()
    assert "They are no longer blocked." in ana.post(f"{PAGE}blocks/{refusal.pk}/", follow=True).content.decode()
    assert not Refusal.objects.exists()


def test_names_from_elsewhere_are_words_and_nothing_else(cast, ana):
    one = follower(member=cast.ana, name="zoe")
    type(one.stranger).objects.update(name="<script>alert(1)</script>")
    assert "<script>alert" not in words(ana) and "&lt;script&gt;alert" in words(ana)


def test_the_page_costs_as_much_for_many_as_for_one(cast, ana, django_assert_max_num_queries):
    follower(member=cast.ana)
    words(ana)
    with django_assert_max_num_queries(12):
        words(ana)
    for _number in range(40):
        follower(member=cast.ana)
    with django_assert_max_num_queries(12):
        page = words(ana)
    assert page.count("Block all of") == 30 and 'rel="next"' in page


def test_a_review_says_to_its_writer_how_many_elsewhere_like_it(cast, ana):
    review = make.review(member=cast.ana)
    address = review.get_absolute_url()
    assert "elsewhere" not in words(ana, address)
    neighbours(cast.ana, review)
    assert "liked by 1 person elsewhere" in words(ana, address)
    bea = Client()
    bea.force_login(cast.bea)
    assert "person elsewhere" not in words(bea, address) and "person elsewhere" not in words(Client(), address)
    review.refresh_from_db()
    assert review.like_count == 0 and Reaction.objects.count() == 1


def test_programs_read_and_the_member_changes_it(cast):
    api, at_home = Api(as_=cast.ana), "me/elsewhere/"
    assert api.get(at_home).json() == {"on": False, "approves": False, "handle": "", "followers": 0, "waiting": 0}
    assert api.patch(at_home, {"on": True, "approves": True}).json()["handle"] == "@ana@127.0.0.1:8000"
    one = follower(member=cast.ana, name="zoe", accepted=False)
    [told] = api.get(f"{at_home}followers/").json()["results"]
    assert (told["handle"], told["accepted"]) == ("@zoe@social.example.org", False)
    assert api.patch(f"{at_home}followers/{one.pk}/", {"accepted": True}).json()["accepted"] is True
    assert api.patch(f"{at_home}followers/{one.pk}/", {"accepted": "perhaps"}).status_code == 400
    assert api.get(at_home).json()["followers"] == 1
    assert Api(as_=cast.bea).delete(f"{at_home}followers/{one.pk}/").status_code == 404
    assert api.delete(f"{at_home}followers/{one.pk}/").status_code == 204
    assert api.patch(at_home, {"on": False}).json()["on"] is False


def test_where_the_house_has_none_programs_find_nothing(ana, settings):
    settings.FEDERATION = False
    assert ana.get("/api/v1/me/elsewhere/").status_code == 404


def test_a_copy_of_what_is_ones_own_has_who_follows_from_elsewhere(cast):
    neighbours(cast.ana, make.review(member=cast.ana))
    told = {(one["relation"], one["username"]) for one in account.people(cast.ana)}
    assert told >= {
        ("followed_from_elsewhere_by", "@zoe@social.example.org"),
        ("asked_from_elsewhere_by", "@yan@social.example.org"), ("blocks_elsewhere", "loud.example.org"),
    }  # fmt: skip
    assert account.settings(cast.ana)["followed_from_elsewhere"][0]["approves"] is False


def test_the_staff_blocks_a_server_or_a_list_of_them(cast):
    boss = Client()
    boss.force_login(make.member(is_staff=True, is_superuser=True))
    log_in_afresh(boss)
    add = "/admin/accounts/serverblock/add/"
    follower(member=cast.ana)
    for wrong, told in (("", "Write the name of a server, or choose a list."), ("x y", "such as example.org")):
        assert told in boss.post(add, {"domain": wrong, "reason": "Spam."}).content.decode()
    boss.post(add, {"domain": "Social.example.org", "reason": "Spam."})
    assert ServerBlock.objects.get().domain == "social.example.org" and not Follower.objects.exists()
    assert "blocked already" in boss.post(add, {"domain": "social.example.org", "reason": "x"}).content.decode()
    for content, told in ((b"\xff\xfe\x00", "This is no text."), (b"x y\n", "names no server")):
        file = SimpleUploadedFile("list.csv", content)
        assert told in boss.post(add, {"file": file, "reason": "x"}).content.decode()
    lines = b"#domain,#severity\na.example.org,suspend\nb.example.org,silence\nx y,suspend\n"
    file = SimpleUploadedFile("list.csv", lines)
    said = boss.post(add, {"file": file, "reason": "From a friend."}, follow=True).content.decode()
    assert "left out: x y" in said
    assert set(ServerBlock.objects.values_list("domain", "reason")) == {
        ("social.example.org", "Spam."), ("a.example.org", "From a friend."),
    }  # fmt: skip


def test_whoever_is_open_to_others_stays_so_under_another_name(cast):
    actor = open_up(cast.ana)
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(username="anabel")
    actor.refresh_from_db()
    assert actor.is_due and actor.ended_at is None
