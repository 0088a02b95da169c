"""Whom a member follows elsewhere, and what these say about films, on pages, in the API, in copies and at the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.federation.following import unfollow
from accounts.federation.switching import switch_off
from accounts.models import FollowElsewhere
from reviews.actions.hushing import mute_film
from reviews.exporters import account
from reviews.federation.heard import forget
from reviews.models import WordElsewhere
from tests import make, staff
from tests.api import Api
from tests.elsewhere import followed_afar, word_afar
from tests.reviews.federation import open_up

pytestmark = pytest.mark.django_db
PAGE = "/accounts/elsewhere/following/"
WORDS = "/accounts/elsewhere/words/"


@pytest.fixture
def ana(cast) -> Client:
    client = Client()
    client.force_login(cast.ana)
    return client


def words(client: Client, page: str) -> str:
    return client.get(page).content.decode()


def test_a_member_follows_and_unfollows_by_the_page(cast, ana):
    assert "Switch on first" in words(ana, PAGE) and "Their name there" not in words(ana, "/accounts/elsewhere/")
    refused = ana.post(PAGE, {"who": "@zoe@social.example.org"})
    assert refused.status_code == 422 and "Switch on first" in refused.content.decode()
    open_up(cast.ana)
    assert f'action="{PAGE}"' in words(ana, "/accounts/elsewhere/")
    said = ana.post(PAGE, {"who": "@zoe@social.example.org"}, follow=True).content.decode()
    assert "@zoe@social.example.org is being looked for, and then asked." in said
    said = ana.post(PAGE, {"who": "zoe@SOCIAL.example.org"}, follow=True).content.decode()
    assert "is being looked for" in said
    one = FollowElsewhere.objects.get()
    bea = Client()
    bea.force_login(cast.bea)
    bea.post(f"{PAGE}{one.pk}/")
    assert FollowElsewhere.objects.exists(), "it is not hers"
    said = ana.post(f"{PAGE}{one.pk}/", follow=True).content.decode()
    assert "You do not follow @zoe@social.example.org any more." in said and not FollowElsewhere.objects.exists()
    assert ana.post(f"{PAGE}{one.pk}/").status_code == 302


def test_what_was_typed_wrongly_comes_back_with_a_sentence(cast, ana):
    open_up(cast.ana)
    answer = ana.post(PAGE, {"who": 'zo"e<script>'})
    said = answer.content.decode()
    assert answer.status_code == 422 and "Write their whole name" in said and 'value="zo&quot;e&lt;script&gt;"' in said
    assert ana.post(PAGE, {"who": "x" * 501}).status_code == 422 and ana.post(PAGE, {}).status_code == 422


def test_the_page_says_what_came_of_each(cast, ana):
    for state in ("asked", "accepted", "refused"):
        followed_afar(member=cast.ana, name=state, state=state)
    actor = FollowElsewhere.objects.first().actor
    for state in ("sought", "missing"):
        FollowElsewhere.objects.create(actor=actor, called=f"@{state}@a.example.org", state=state)
    said = words(ana, PAGE)
    for told in (
        "was asked, and has not answered yet", "does not want you to follow", "is being looked for",
        "was not found, or cannot be followed", "Asked from afar", 'rel="nofollow noopener ugc"',
    ):  # fmt: skip
        assert told in said, told
    assert said.count("Unfollow<") == 1 and said.count("Remove<") == 4


def test_the_search_offers_it_for_such_a_name_to_members(cast, ana):
    said = words(ana, "/search/?q=%40zoe%40social.example.org")
    assert f"{PAGE}?who=%40zoe%40social.example.org" in said
    open_up(cast.ana)
    assert 'value="@zoe@social.example.org"' in words(ana, f"{PAGE}?who=@zoe@social.example.org")
    for client, query in ((ana, "zoe"), (ana, "@zoe"), (Client(), "%40zoe%40social.example.org")):
        assert "may be somebody on another site" not in words(client, f"/search/?q={query}")


def test_what_they_say_is_on_the_first_page_the_films_page_and_one_of_its_own(cast, ana):
    film, ronin = make.film(title="Baby Driver", year=2017), make.film(title="Ronin")
    zoe = followed_afar(member=cast.ana, name="zoe").stranger
    first = word_afar(by=zoe, film=film, words="Loud <b>and</b> quick.")
    make.review(member=cast.ana, film=ronin, body="Ana was here in between.")
    last = word_afar(by=zoe, film=ronin, words="The last of them.", half_stars=None)
    WordElsewhere.objects.filter(pk=first.pk).update(published_at=timezone.now() - timedelta(days=1))
    home = words(ana, "/")
    assert "Loud &lt;b&gt;and&lt;/b&gt; quick." in home and "@zoe@social.example.org" in home
    places = [home.index(text) for text in ("The last of them.", "Ana was here in between.", "Loud &lt;b&gt;")]
    assert places == sorted(places), "each where its time is"
    assert f'<a href="{last.url}" rel="nofollow noopener ugc">' in home and f'href="{WORDS}"' in home
    page = words(ana, film.get_absolute_url())
    assert "From people you follow elsewhere" in page and "Loud &lt;b&gt;" in page and "The last of" not in page
    own = words(ana, WORDS)
    assert (
        own.index("The last of them.") < own.index("Loud &lt;b&gt;") and "4½ stars out of 5" in own and "noindex" in own
    )
    assert "Loud &lt;b&gt;" not in words(ana, "/?kind=rated") and "Loud" not in words(ana, "/?scope=everyone")


def test_nobody_else_reads_any_of_it(cast, ana):
    film = make.film(title="Baby Driver", year=2017)
    word_afar(by=followed_afar(member=cast.ana, name="zoe").stranger, film=film, words="Fenderbender.")
    open_up(cast.bea)
    followed_afar(member=cast.cem, name="yan")
    asked = followed_afar(member=cast.dora, name="wim")
    FollowElsewhere.objects.filter(pk=asked.pk).update(
        stranger=WordElsewhere.objects.get().stranger, state="asked", called="x"
    )
    places = ("/", "/?scope=everyone", film.get_absolute_url(), f"{film.get_absolute_url()}reviews/", WORDS, PAGE)
    places += ("/search/?q=fenderbender&kind=reviews", "/sitemap.xml", "/feeds/reviews.rss", "/members/ana/")
    places += (f"/api/v1/films/{film.slug}/", "/api/v1/me/elsewhere/words/", "/api/v1/me/feed/", "/api/v1/reviews/")
    for who in (None, cast.bea, cast.cem, cast.dora):
        client = Client()
        if who:
            client.force_login(who)
        for place in places:
            answer = client.get(place, follow=True)
            assert b"Fenderbender" not in b"".join(iter(answer)), (who, place)
    assert "Fenderbender" in words(ana, film.get_absolute_url())
    assert "Fenderbender" not in words(ana, f"{film.get_absolute_url()}reviews/")


def test_ends_and_scores_are_covered_on_every_page(cast, ana):
    film = make.film(title="Baby Driver", year=2017)
    zoe = followed_afar(member=cast.ana, name="zoe").stranger
    word_afar(by=zoe, film=film, words="Fenderbender.", spoilers=True)
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(hides_scores=True)
    places = ("/", WORDS, film.get_absolute_url())
    for place in places:
        said = words(ana, place)
        assert "Fenderbender" not in said and "so its words are not here" in said, place
        assert "4½ stars out of 5" not in said, place
    [told] = ana.get("/api/v1/me/elsewhere/words/").json()["results"]
    assert (told["words"], told["stars"], told["covered"], told["spoilers"]) == ("", None, True, True)
    make.mark(member=cast.ana, film=film, stars=3)
    for place in places:
        said = words(ana, place)
        assert "Fenderbender" in said and "4½ stars out of 5" in said, place
    mute_film(member=cast.ana, film=film)
    assert "Fenderbender" not in words(ana, "/") and "Fenderbender" not in words(ana, WORDS)
    assert "Fenderbender" in words(ana, film.get_absolute_url()), "whoever asks for it gets it"


def test_what_came_or_went_shows_at_once_on_pages_that_are_kept(cast, ana, settings):
    settings.PAGES_KEPT_MB = 8
    film = make.film(title="Baby Driver", year=2017)
    ends = {
        "zoe": lambda follow, word: forget(follow.stranger, word.uri),
        "yan": lambda follow, _word: unfollow(member=cast.ana, follow_id=follow.pk),
        "xia": lambda _follow, _word: switch_off(member=cast.ana),
    }
    for name, end in ends.items():
        follow = followed_afar(member=cast.ana, name=name)
        word = word_afar(by=follow.stranger, film=film, words="Fenderbender.")
        for place in ("/", film.get_absolute_url()):
            assert "Fenderbender" in words(ana, place)
        end(follow, word)
        for place in ("/", film.get_absolute_url()):
            assert "Fenderbender" not in words(ana, place), (name, place)


@pytest.mark.parametrize("blind", [False, True])
def test_many_cost_as_much_as_one(cast, ana, django_assert_max_num_queries, blind):
    type(cast.ana).objects.filter(pk=cast.ana.pk).update(hides_scores=blind)
    film = make.film(title="Baby Driver", year=2017)
    zoe = followed_afar(member=cast.ana, name="zoe").stranger
    word_afar(by=zoe, film=film)
    api = "/api/v1/me/elsewhere/"
    places = ("/", WORDS, PAGE, film.get_absolute_url(), f"{api}words/", f"{api}following/")
    for place in places:
        words(ana, place)
    for _round in range(40):
        other = followed_afar(member=cast.ana).stranger
        word_afar(by=other, film=film)
        word_afar(by=other, film=make.film())
    for place in places:
        with django_assert_max_num_queries(12, info=place):
            words(ana, place)


def test_programs_follow_read_and_unfollow(cast):
    api, place = Api(as_=cast.ana), "me/elsewhere/following/"
    assert api.post(place, {"who": "@zoe@social.example.org"}).status_code == 400
    open_up(cast.ana)
    assert api.post(place, {"who": "zoe"}).json()["who"][0].startswith("Write their whole name")
    made = api.post(place, {"who": "@zoe@social.example.org"})
    assert made.status_code == 201 and made.json()["state"] == "sought" and made.json()["url"] == ""
    followed_afar(member=cast.ana, name="yan")
    states = [(one["handle"], one["state"]) for one in api.get(place).json()["results"]]
    assert states == [("@yan@social.example.org", "accepted"), ("@zoe@social.example.org", "sought")]
    number = made.json()["id"]
    assert Api(as_=cast.bea).delete(f"{place}{number}/").status_code == 404
    assert api.delete(f"{place}{number}/").status_code == 204
    word_afar(by=FollowElsewhere.objects.get().stranger, film=make.film(title="Ronin"))
    [told] = api.get("me/elsewhere/words/").json()["results"]
    assert (told["handle"], told["film"]["title"], told["stars"], told["words"]) == (
        "@yan@social.example.org", "Ronin", 4.5, "Loud and quick.",
    )  # fmt: skip


def test_where_the_house_has_none_nothing_is_there(cast, ana, settings):
    film = make.film()
    word_afar(by=followed_afar(member=cast.ana).stranger, film=film, words="Fenderbender.")
    settings.FEDERATION = False
    for place in (PAGE, WORDS, "/api/v1/me/elsewhere/words/", "/api/v1/me/elsewhere/following/"):
        assert ana.get(place).status_code == 404
    assert "Fenderbender" not in words(ana, "/") and "Fenderbender" not in words(ana, film.get_absolute_url())
    assert "another site" not in words(ana, "/search/?q=%40zoe%40social.example.org")


def test_a_copy_of_what_is_ones_own_has_whom_one_follows_elsewhere(cast):
    followed_afar(member=cast.ana, name="zoe")
    followed_afar(member=cast.ana, name="yan", state="asked")
    told = {(one["relation"], one["username"]) for one in account.people(cast.ana)}
    assert told >= {
        ("follows_elsewhere", "@zoe@social.example.org"), ("asked_elsewhere", "@yan@social.example.org"),
    }  # fmt: skip


def test_moderators_read_it_and_take_it_away_for_good(cast):
    word = word_afar(by=followed_afar(member=cast.ana).stranger, film=make.film(), words="Buy watches.")
    desk = "/admin/reviews/wordelsewhere/"
    moderator = staff.logged_in(staff.moderator())
    assert "Buy watches." in words(moderator, desk) and "Buy watches." in words(moderator, f"{desk}{word.pk}/change/")
    assert moderator.post(f"{desk}{word.pk}/delete/", {"post": "yes"}).status_code == 302
    word.refresh_from_db()
    assert word.removed_at and word.words == "" and "Buy watches." not in words(moderator, desk)
    assert staff.logged_in(staff.curator()).get(desk).status_code == 403
