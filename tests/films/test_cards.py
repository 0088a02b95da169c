"""Social cards: what they show, to whom, and what they cost."""

import re
import threading
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image, ImageChops

from films import cards
from films.actions import set_poster
from films.jobs import forget_old_cards
from films.models import Film
from films.press import Subject, draw
from films.press.card import HEIGHT, WIDTH, film_card, settable, shelf_card, words_card
from reviews.actions.moderating import remove_text
from reviews.actions.reviewing import edit_review
from reviews.actions.writing import Writing
from reviews.cards import card_of_review, said
from reviews.models import Review
from tests import make, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_place(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def picture(response) -> Image.Image:
    assert response.status_code == 200, response.get("Location")
    assert response["Content-Type"] == "image/jpeg"
    return Image.open(BytesIO(response.content))


def shown_on(page: str) -> str:
    """The address of the card that a page names, without the site's own."""
    return re.search(r'property="og:image" content="([^"]+)"', page)[1].removeprefix(settings.SITE_URL)


def test_a_film_page_names_its_card(client):
    film = make.film(title="Baby Driver", directors=["Edgar Wright"])
    page = client.get(film.get_absolute_url()).content.decode()
    assert 'name="twitter:card" content="summary_large_image"' in page
    assert '<meta property="og:image:width" content="1200">' in page
    assert picture(client.get(shown_on(page))).size == (1200, 630)


def test_a_card_is_drawn_once_and_kept(client, django_assert_num_queries, monkeypatch):
    film = make.film()
    address = cards.card_of_film(film).url
    first = client.get(address)
    assert "immutable" in first["Cache-Control"]
    with django_assert_num_queries(0):
        assert client.get(address).content == first.content
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_card_changes_with_what_it_shows(client):
    film = make.film(title="Baby Driver")
    old = cards.card_of_film(film).url
    client.get(old)
    for stars in (3, 4, 4):
        make.mark(member=make.member(), film=film, stars=stars)
    film.refresh_from_db()
    rated = cards.card_of_film(film).url
    assert rated != old
    client.get(rated)
    assert len(list(Path(settings.DATA_DIR).rglob("cards/**/*.jpg"))) == 1  # the older went
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (302, rated)
    for change in ({"title": "Baby Diver"}, {"year": 2018}, {"poster_version": 9}):
        Film.objects.filter(pk=film.pk).update(**change)
        film.refresh_from_db()
        assert cards.card_of_film(film).url not in {old, rated}


def test_a_card_shows_the_uploaded_poster(client, cast):
    film = make.film()
    before = picture(client.get(cards.card_of_film(film).url))
    set_poster(curator=cast.dora, film=film, picture=staff.picture())
    film.refresh_from_db()
    after = picture(client.get(cards.card_of_film(film).url))
    assert ImageChops.difference(before, after).getbbox()
    film.poster_key = "posters/00/" + "0" * 32  # its files are gone
    assert cards.draw_film(film).size == (WIDTH, HEIGHT)


def test_there_is_no_card_of_what_there_is_not(client):
    for address in ("films/99999999-old", "collections/99999999-old", "reviews/99999999-old", "films/1-../secret"):
        assert client.get(f"/cards/{address}.jpg").status_code == 404
    assert list(Path(settings.DATA_DIR).rglob("*.jpg")) == []


def test_too_many_at_once_are_asked_to_come_back(client, monkeypatch):
    film = make.film()
    monkeypatch.setattr(cards, "PATIENCE", 0.01)
    assert cards._turn.acquire(timeout=5)
    try:
        response = client.get(cards.card_of_film(film).url)
    finally:
        cards._turn.release()
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert client.get(cards.card_of_film(film).url).status_code == 200


def test_two_who_ask_at_once_have_it_drawn_once():
    drawn: list[int] = []

    def slowly() -> Image.Image:
        drawn.append(1)
        threading.Event().wait(0.2)
        return Image.new("RGB", (WIDTH, HEIGHT))

    both = [threading.Thread(target=cards.kept_or_drawn, args=("film", 1, "v", slowly)) for _number in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert drawn == [1]


def test_old_cards_are_forgotten(client, monkeypatch):
    old, young = make.film(), make.film()
    client.get(cards.card_of_film(old).url)
    monkeypatch.setattr(cards, "KEPT", timedelta(0))
    cards.forget_old(timedelta(seconds=-5))
    client.get(cards.card_of_film(young).url)
    forget_old_cards()
    assert cards.kept("film", old.pk, cards.film_version(old)) is None
    assert cards.kept("film", young.pk, cards.film_version(young)) is not None


# Collections


def test_a_collection_has_a_card_while_it_is_shown(client, cast):
    made = make.collection(title="Getaways", films=[make.film() for _n in range(5)], curator=cast.dora)
    address = shown_on(client.get(made.get_absolute_url()).content.decode())
    assert picture(client.get(address)).size == (1200, 630)
    made.shown_until = timezone.localdate() - timedelta(days=1)
    made.save()
    assert client.get(address).status_code == 404


def test_a_collection_without_films_has_a_card_too(client):
    assert picture(client.get(cards.card_of_collection(make.collection()).url)).size == (1200, 630)


# Reviews


def test_a_review_has_a_card(client, cast):
    review = make.review(member=cast.ana, body="Loud, quick, exact.")
    page = client.get(review.get_absolute_url()).content.decode()
    response = client.get(shown_on(page))
    assert picture(response).size == (1200, 630)
    assert "immutable" not in response["Cache-Control"]  # it can be withdrawn


def test_what_gives_the_ending_away_is_on_no_card(client, cast):
    whole = make.review(member=cast.ana, body="Buddy falls from the roof.", spoilers=True)
    part = make.review(member=cast.ana, body="It is exact. >!Buddy falls from the roof.!< So there.")
    assert "falls" not in said(whole)
    assert "falls" not in said(part)
    for review in (whole, part):
        page = client.get(review.get_absolute_url()).content.decode()
        assert "falls" not in page.partition("</head>")[0]


@pytest.mark.parametrize("hide", ["followers", "private", "removed", "deleted", "suspended"])
def test_the_card_of_a_hidden_review_is_gone_at_once(client, cast, hide):
    review = make.review(member=cast.ana, body="I wept.")
    address = card_of_review(review).url
    assert client.get(address).status_code == 200
    if hide == "removed":
        remove_text(moderator=cast.eli, text=review, rule="spam", reason="An advertisement.")
    elif hide == "deleted":
        review.delete()
    elif hide == "suspended":
        cast.ana.is_active = False
        cast.ana.save()
    else:
        Review.objects.filter(pk=review.pk).update(visibility=hide)
    assert client.get(address).status_code == 404
    client.force_login(cast.bea)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("visibility", ["followers", "private"])
def test_a_hidden_review_names_no_card_to_its_own_writer(client, cast, visibility):
    review = make.review(member=cast.ana, body="I wept.", visibility=visibility)
    client.force_login(cast.ana)
    head = client.get(review.get_absolute_url()).content.decode().partition("</head>")[0]
    assert "og:image" not in head
    assert "I wept" not in head
    assert "noindex" in head


def test_an_edited_review_has_another_card(client, cast):
    review = make.review(member=cast.ana, body="Loud.")
    old = card_of_review(review).url
    edit_review(member=cast.ana, review=review, writing=Writing(body="Quiet."), version=review.version)
    review.refresh_from_db()
    new = card_of_review(review).url
    assert new != old
    assert client.get(old)["Location"] == new


def test_cards_are_kept_where_no_web_server_reads(client, cast):
    review = make.review(member=cast.ana)
    client.get(card_of_review(review).url)
    [file] = Path(settings.DATA_DIR).rglob("cards/**/*.jpg")
    assert not file.is_relative_to(Path(settings.MEDIA_ROOT))


# Drawing

POSTER = draw(Subject("Baby Driver", 2017), 600)


@pytest.mark.parametrize(
    "title",
    [
        "Z", "Baby Driver", "Сталкер", "七人の侍", "기생충", "هيدا", "A" * 250, "the of " * 35, "🎬🎬🎬", "",
        "\u0000\u202e", "Zażółć gęślą jaźń", "न" * 80,
        "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb",
    ],
)  # fmt: skip
def test_anything_can_be_on_a_card(title):
    drawn = [
        film_card(POSTER, titles=[title, "Plan B"], facts=title, half_stars=7, average="3.6", house="Intermission"),
        words_card(POSTER, said=title, by=title, about=[title], half_stars=0, house=title),
        shelf_card([POSTER] * 5, title=title, facts=title, house="Intermission"),
    ]
    assert {card.size for card in drawn} == {(1200, 630)}


def test_no_card_shows_a_box():
    """Where no font has a letter, the other title stands there, or the same in Latin letters."""
    for titles in (["七人の侍", "Seven Samurai"], ["かな"], ["\U0001fae8"]):
        text = settable(titles, "serif")
        assert text is None or "�" not in text.text
    assert settable(["\U000fffff", "Plan B"], "serif").text == "Plan B"


def test_a_title_stays_in_its_column():
    """Nothing but the ground beyond the right margin, whatever the length."""
    for title in ("W" * 60, "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "i " * 120):
        card = film_card(POSTER, titles=[title], facts="", half_stars=0, average="", house="Intermission")
        strip = card.crop((WIDTH - 50, 40, WIDTH, 500)).convert("L")
        assert max(strip.getextrema()) < 120, title
