"""What is kept outlives what does not show on it: for each kind of write, where it shows at once and what is spared."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import NamedTuple

import pytest
from allauth.account.adapter import get_adapter
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import actions as people
from accounts.models import User
from config.freshness import OWN_SLOTS
from films.actions.faceting import forget_changes, gather_counts
from films.actions.ranking import deal_tiers
from films.actions.suggesting import suggest_correction
from films.models import CatalogueChange
from reviews.actions.charting import draw_charts
from reviews.actions.favourites import change_favourites
from reviews.actions.following import choose_privacy
from reviews.actions.guiding import say_what_it_contains
from reviews.actions.hushing import mute_film
from reviews.actions.parting import block_member
from reviews.actions.pinning import pin_review
from reviews.actions.popularity import count_popularity
from reviews.actions.rating import mark_film
from tests import make
from tests.base import asked, png
from tests.reviews.imports import bring, take_in
from tests.reviews.town import Town, ask

pytestmark = pytest.mark.django_db(transaction=True)


RATINGS = "Date,Name,Year,Letterboxd URI,Rating\n2021-05-05,Baby Driver,2017,https://boxd.it/a,4.5\n"
TOKEN = re.compile(rb'csrfmiddlewaretoken" value="\w+')


@pytest.fixture
def town(transactional_db) -> Town:
    return Town()


class Write(NamedTuple):
    """A write, the pages that are other ones after it, and those that are made anew and are as they were."""

    name: str
    act: Callable[[], object]
    shows: str = ""
    again: str = ""


def pages_of(town: Town) -> dict[str, tuple[str, Client]]:
    """By their names, of a visitor and of Bea, who follows Ana."""
    six, film = town.people, town.film.get_absolute_url()
    town.article = make.article()
    town.list = make.film_list(member=six.ana, films=[town.film], title="Getaways")
    visitor, bea = Client(), Client()
    bea.force_login(six.bea)
    both = {
        "film": film, "other": town.other.get_absolute_url(), "review": town.review.get_absolute_url(),
        "ana": "/members/ana/", "fay": "/members/fay/", "list": town.list.get_absolute_url(), "films": "/films/",
        "search": "/search/?q=driver", "members": "/search/?q=ba&kind=members", "front": "/",
    }  # fmt: skip
    alone = {
        "followers": "/members/ana/followers/", "lately": "/films/?sort=week",
        "person": "/people/edgar-wright/", "top": "/charts/top/",
        "diary": "/members/ana/diary/", "listed": f"{film}lists/",
    }  # fmt: skip
    pages = {name: (address, visitor) for name, address in (both | alone).items()}
    return pages | {f"our-{name}": (address, bea) for name, address in both.items()}


def looks(pages: dict[str, tuple[str, Client]]) -> dict[str, tuple[bool, bytes]]:
    """Of each page whether it was made of films anew, and what it says but for the tokens of forms.

    What the house says is read each minute, whichever page is asked for then, and names films of its screenings.
    """
    seen = {}
    for name, (address, client) in pages.items():
        with CaptureQueriesContext(connection) as queries:
            content = TOKEN.sub(b"", ask(address, client).content)
        seen[name] = any("films_" in query["sql"] for query in asked(queries)), content
    return seen


def sign_up() -> None:
    said = {"username": "babette", "email": "babette@example.org", "password1": make.PASSWORD}
    assert Client().post("/accounts/signup/", said | {"password2": make.PASSWORD}).status_code == 302


def save_profile(member: User, **said: str) -> None:
    had = {name: getattr(member, name) for name in ("display_name", "bio", "location", "pronouns", "website")}
    people.save_profile(member=member, **had | said)


def picture(member: User) -> None:
    people.set_avatar(member=member, file=BytesIO(png(104, 104)))


def writes_of(town: Town) -> list[Write]:
    six, film, review = town.people, town.film, town.review

    def rate(member: User, half_stars: int) -> None:
        mark_film(member=member, film=film, half_stars=half_stars)

    def say() -> None:
        say_what_it_contains(member=six.fay, film=film, levels={"violence": 3}, notes={})

    now, article = timezone.now(), town.article

    def comment() -> None:
        assert b"Two reels" not in ask(article.get_absolute_url()).content
        make.comment(under=article, member=six.fay, body="Two reels too long.")
        assert b"Two reels" in ask(article.get_absolute_url()).content

    def draw() -> None:
        draw_charts(now=now)

    def bring_ratings() -> None:
        take_in(bring(six.eli, {"": RATINGS}, name="ratings.csv"))

    def help_out() -> None:
        make.helper(film_list=town.list, member=six.fay)

    def suggest() -> None:
        suggest_correction(member=six.fay, film=film, fact="year", value="2016")

    def block() -> None:
        block_member(member=six.bea, other=six.ana)

    ours = "our-film our-other our-review our-ana our-fay our-list our-search our-members our-front"
    scores = "our-film our-other our-review our-ana our-films"
    cards = "ana list films search front lately person our-ana our-list our-films our-search"
    hers = "ana followers diary our-ana"
    names = "film review list listed front our-film our-review our-list our-front"
    searches = "search members our-search our-members"
    helpers = f"fay our-fay our-film our-other our-ana {searches}"
    parted = "our-film our-review our-ana our-list"
    return [
        Write("sign up", sign_up, "members our-members", searches),
        Write("say more of oneself", lambda: save_profile(six.ana, bio="I count."), hers, "our-front"),
        Write("choose a password", lambda: get_adapter().set_password(six.ana, f"{make.PASSWORD}-and-more")),
        Write("say what one says already", lambda: save_profile(six.fay)),
        Write("be called otherwise", lambda: save_profile(six.ana, display_name="Anna"), f"{hers} {names}", searches),
        Write(
            "put up a picture",
            lambda: picture(six.fay),
            "fay our-fay",
            f"review list listed our-review our-list {searches}",
        ),
        Write("mute", lambda: people.mute(member=six.bea, other=six.fay), "our-fay", ours),
        Write("mute a film", lambda: mute_film(member=six.bea, film=film), "our-film our-front", ours),
        Write("hide scores", lambda: choose_privacy(member=six.bea, hides_scores=True), scores, ours),
        Write("hide them again", lambda: choose_privacy(member=six.bea, hides_scores=True)),
        Write("show them", lambda: choose_privacy(member=six.bea, hides_scores=False), scores, ours),
        Write("pin", lambda: pin_review(member=six.ana, review=review), "ana our-ana", "diary our-front"),
        Write(
            "choose a favourite",
            lambda: change_favourites(member=six.ana, film=film, change="add"),
            "film ana our-film our-ana",
            f"{cards} review listed our-review diary our-front",
        ),
        Write("report", lambda: make.report(member=six.bea, text=review), "", ours),
        Write("rate", lambda: rate(six.fay, 8), "film fay our-film our-fay", f"{cards} review listed our-review"),
        Write("rate as the third", lambda: rate(six.dora, 9), f"film our-film {cards} listed", "review our-review"),
        Write("say what a film contains", say, "", f"film fay our-film our-fay {cards} review listed our-review"),
        Write("bring ratings", bring_ratings, f"film our-film {cards}", "review listed our-review members our-members"),
        Write("comment on an article", comment, "", "fay our-fay"),
        Write("help with a list", help_out, "list our-list", f"film other ana diary listed our-front {helpers}"),
        Write("suggest a correction", suggest, "", "fay our-fay"),
        Write("gather counts", gather_counts),
        Write("forget changes", forget_changes),
        Write("count popularity", count_popularity, "lately"),
        Write("count it again", count_popularity),
        Write("draw charts", draw, "film top our-film", f"{cards} review listed our-review"),
        Write("draw them again", draw, "", "top"),
        Write("deal tiers", deal_tiers, "", searches),
        Write("deal them again", deal_tiers),
        Write("block", block, f"ana followers our-front {parted}", f"{ours} search members diary"),
        Write("lift it", lambda: people.unblock(member=six.bea, other=six.ana), parted, f"{ours} ana diary"),
    ]


def test_each_write_outdates_what_it_shows_on_and_spares_the_rest(town, settings, monkeypatch):
    for place in ("config.keeping.A_WHILE", "config.kept_pages.A_WHILE"):
        monkeypatch.setattr(place, 3600)  # also where this takes longer than a minute
    slots = dict(OWN_SLOTS)  # no two tags share one, as they seldom do
    monkeypatch.setattr("config.freshness.slot_of", lambda tag: slots.setdefault(tag, len(slots)))
    pages = pages_of(town)
    for _first in range(2):
        before = looks(pages)
    assert not any(anew for anew, _content in before.values())
    CatalogueChange.objects.update(made_at=timezone.now() - timedelta(days=2))  # so that there is something to forget
    looks(pages)
    for write in writes_of(town):
        write.act()
        after = looks(pages)
        other = {name for name in pages if after[name][1] != before[name][1]}
        assert other == set(write.shows.split()), write.name
        anew = {name for name, (is_anew, _content) in after.items() if is_anew}
        assert anew - other == set(write.again.split()) - other, write.name
        before = after
    settings.PAGES_KEPT_MB = 0
    assert {name for name, (_anew, content) in looks(pages).items() if content != before[name][1]} == set()
