"""Films on walls: a card is drawn once, and anew for every fact that shows on it."""

from types import SimpleNamespace

import pytest
from django.test import override_settings
from django.utils import translation
from django.utils.safestring import SafeString

from films.templatetags.walls import wall_card
from tests import make

pytestmark = pytest.mark.django_db

SEEN = SimpleNamespace(is_watched=True, is_liked=False)
LIKED = SimpleNamespace(is_watched=True, is_liked=True)


def drawn(film, look):
    """Where nothing is kept."""
    with override_settings(PAGES_KEPT_MB=0):
        return wall_card(film, **look)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Baby <Driver>"}, {"slug": "baby"}, {"year": None}, {"rating_count": 9, "rating_sum": 60},
        {"poster_version": 7}, {"poster_key": "posters/abc"}, {"poster_alt": "A red car"},
        {"mark": SEEN}, {"mark": LIKED},
    ],
    ids=lambda facts: next(iter(facts)),
)  # fmt: skip
def test_a_card_is_the_same_whatever_was_drawn_before(facts):
    film = make.film(title="Baby Driver", year=2017)
    look = {"sizes": "10rem"}
    assert wall_card(film, **look) == drawn(film, look)
    for name, fact in facts.items():
        setattr(film, name, fact)
    assert wall_card(film, **look) == drawn(film, look)


def test_it_is_another_for_each_look_and_language():
    film = make.film()
    looks = [
        {"sizes": sizes, "heading": heading, "rating": rating, "rank": rank, "below": below}
        for sizes in ("10rem", "20rem") for heading in ("h2", "h3")
        for rating, rank, below in (("", 0, ""), (SafeString("<b>4</b>"), 0, ""), ("", 7, ""), ("", 7, "<b>4</b>"))
    ]  # fmt: skip
    for _twice in range(2):
        cards = [wall_card(film, **look) for look in looks]
        assert cards == [drawn(film, look) for look in looks]
        assert len(set(cards)) == len(looks)
    with translation.override("de"):
        assert wall_card(film, **looks[0]) == drawn(film, looks[0])


def test_what_is_plain_text_is_escaped_wherever_it_stands():
    film = make.film(title='"Up" & <i>away</i>', slug="up", year=2009)
    card = wall_card(film, below="<b>1 & 2</b>", rating="<b>4</b>")
    assert "&quot;Up&quot; &amp; &lt;i&gt;away&lt;/i&gt;</a></h3>" in card
    assert '<p class="film-facts">&lt;b&gt;1 &amp; 2&lt;/b&gt;</p>' in card
    assert "&lt;b&gt;4&lt;/b&gt;" in card
    assert wall_card(film, rating=SafeString("&lt;b&gt;4&lt;/b&gt;")) == wall_card(film, rating="<b>4</b>")
    assert "<b>4</b>" in wall_card(film, rating=SafeString("<b>4</b>"))
