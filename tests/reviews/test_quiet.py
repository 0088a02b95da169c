"""Mutes: what a member does not want to hear of stays away where they look around, and nobody is told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from accounts.actions import mute, unmute
from accounts.models import Mute
from films.models import Film
from reviews.actions.hushing import mute_film, unmute_film
from reviews.leaving import leaving_for_watchlists
from reviews.models import FilmMute, Review
from reviews.quiet import without_muted
from tests import make, staff
from tests.api import Api


@pytest.fixture
def written(cast):
    """Ana and Bea on one film each, by the name of their writer."""
    return {name: make.review(member=getattr(cast, name)) for name in ("ana", "bea")}


def heard(viewer):
    return set(without_muted(Review.objects.visible_to(viewer), viewer))


def test_it_leaves_out_a_muted_member_for_the_muter_alone(cast, written):
    mute(member=cast.fay, other=cast.ana)
    assert heard(cast.fay) == {written["bea"]}
    assert heard(cast.bea) == heard(AnonymousUser()) == set(written.values())


def test_it_leaves_out_a_muted_film_for_the_muter_alone(cast, written):
    mute_film(member=cast.fay, film=written["bea"].film)
    assert heard(cast.fay) == {written["ana"]}
    assert heard(cast.ana) == set(written.values())
    films = without_muted(Film.objects.all(), cast.fay, members=(), films=("pk",))
    assert written["bea"].film not in films and written["ana"].film in films


def test_a_mute_is_set_once_and_taken_back(cast, written):
    for _again in range(2):
        mute(member=cast.fay, other=cast.ana)
        mute_film(member=cast.fay, film=written["bea"].film)
    assert (Mute.objects.count(), FilmMute.objects.count()) == (1, 1)
    for _again in range(2):
        unmute(member=cast.fay, other=cast.ana)
        unmute_film(member=cast.fay, film=written["bea"].film)
    assert heard(cast.fay) == set(written.values())


def test_what_a_muted_member_says_in_a_thread_is_folded_for_the_muter_alone(cast, written):
    make.comment(member=cast.ana, review=written["bea"], body="Too loud, all of it.")
    mute(member=cast.fay, other=cast.ana)
    for reader, folds in ((cast.fay, 1), (cast.bea, 0)):
        page = staff.logged_in(reader).get(written["bea"].get_absolute_url()).content.decode()
        assert "Too loud, all of it." in page
        assert page.count("You mute this member. Show the comment") == folds
    anonymous = Client().get(written["bea"].get_absolute_url()).content.decode()
    assert "Too loud, all of it." in anonymous and "You mute this member" not in anonymous


def test_nobody_mutes_themselves(cast):
    with pytest.raises(ValidationError, match="yourself"):
        mute(member=cast.ana, other=cast.ana)


def page(member, address):
    client = Client()
    client.force_login(member)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_pages_to_look_around_on_leave_out_what_is_muted_and_its_own_page_does_not(cast):
    film = make.film(title="Loud Film")
    by_ana = make.review(member=cast.ana, film=film, body="These are the words of Ana.")
    make.review(member=cast.bea, film=film, body="These are the words of Bea.")
    around = ("/?scope=everyone", film.get_absolute_url(), f"/films/{film.slug}/reviews/")
    mute(member=cast.fay, other=cast.ana)
    for address in around:
        assert "words of Bea" in page(cast.fay, address) and "words of Ana" not in page(cast.fay, address)
        assert "words of Ana" in page(cast.bea, address)
    for address in (by_ana.get_absolute_url(), "/members/ana/", "/search/?q=words&kind=reviews"):
        assert "words of Ana" in page(cast.fay, address)
    unmute(member=cast.fay, other=cast.ana)
    mute_film(member=cast.fay, film=film)
    assert "Loud Film" not in page(cast.fay, around[0])
    for address in (*around[1:], "/search/?q=loud"):
        assert "Loud Film" in page(cast.fay, address)


def test_a_muted_film_that_leaves_is_not_told_of(cast):
    film = make.film(title="Loud Film")
    make.availability(film=film, ends_on=timezone.localdate() + timedelta(days=3))
    make.mark(member=cast.fay, film=film, in_watchlist=True)
    assert leaving_for_watchlists().count() == 1
    mute_film(member=cast.fay, film=film)
    assert leaving_for_watchlists().count() == 0


def test_one_mutes_and_unmutes_on_pages(cast):
    film = make.film(title="Loud Film")
    client = Client()
    client.force_login(cast.fay)
    for address, words in (
        ("/members/ana/mute/", "Ana is muted"),
        (f"/films/{film.slug}/mute/", "nothing more of Loud"),
    ):
        assert words in client.post(address, {"mute": "1"}, follow=True).content.decode()
    shown = page(cast.fay, "/accounts/muted/")
    assert "Ana" in shown and "Loud Film" in shown and "Nobody and nothing" not in shown
    assert 'value="0">Unmute<' in page(cast.fay, "/members/ana/")
    client.post("/members/ana/mute/", {"mute": "0", "list": "1"})
    client.post(f"/films/{film.slug}/mute/", {"mute": "0", "list": "1"})
    assert "Nobody and nothing" in page(cast.fay, "/accounts/muted/")


def test_programs_mute_and_unmute(cast):
    film = make.film()
    fay = Api(as_=cast.fay)
    for _again in range(2):
        assert [fay.put(f"{of}/mute/").status_code for of in ("members/ana", f"films/{film.slug}")] == [204, 204]
    assert fay.get("members/ana/").json()["you"]["mute"] is True
    assert Api(as_=cast.ana).get("members/fay/").json()["you"] == dict.fromkeys(
        ("follow", "requested", "are_followed", "mute", "block"), False
    )
    for _again in range(2):
        assert [fay.delete(f"{of}/mute/").status_code for of in ("members/ana", f"films/{film.slug}")] == [204, 204]
    assert (Mute.objects.count(), FilmMute.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_who_is_not_blocked_is_not_named_by_unblocking(cast):
    """Ana blocks Cem, who must not come upon her; nor upon anybody who is suspended."""
    gus = make.member(username="gus", display_name="Gus", is_active=False)
    unblocking = "/accounts/settings/unblocking/"
    for name in ("ana", gus.username, "nobody"):
        page = staff.logged_in(cast.cem).post(unblocking, {"username": name}, follow=True)
        assert "no longer blocked" not in page.text and "Ana" not in page.text and "Gus" not in page.text
    assert (
        "Cem is no longer blocked" in staff.logged_in(cast.ana).post(unblocking, {"username": "CEM"}, follow=True).text
    )
    assert not cast.ana.blocks_given.exists()
