"""A film's poster: which it is, where its pictures are, and that a drawn one is drawn once and kept."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from films.jobs import draw_popular_posters
from films.models import Film
from films.posters import WIDTHS, Source, drawn_url, poster_of
from films.press import stock
from films.templatetags.posters import poster as drawn
from tests import make
from tests.base import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def film(db):
    return make.film(title="Baby Driver", year=2017, directors=["Edgar Wright"], genres=["Action", "Crime"])


def get(film, client=None, width=180, version=None, **headers):
    client = client or Client()
    return client.get(drawn_url(film.pk, version or film.poster_version, width), headers=headers)


# Which it is


def test_a_film_without_artwork_has_a_drawn_poster(film, django_assert_num_queries):
    film = Film.objects.with_card().get(pk=film.pk)
    with django_assert_num_queries(0):
        poster = poster_of(film)
    assert poster.drawn and poster.alt == "" and poster.sources == ()
    assert poster.src == f"/posters/{film.pk}-1-360.webp"
    assert poster.srcset == ", ".join(f"/posters/{film.pk}-1-{width}.webp {width}w" for width in WIDTHS)
    assert (poster.width, poster.height) == (360, 540)


def test_an_uploaded_poster_stands_before_it(film, django_assert_num_queries):
    key = "posters/3f/3f" + "0" * 30
    Film.objects.filter(pk=film.pk).update(poster_key=key, poster_alt="A red car")
    film = Film.objects.with_card().get(pk=film.pk)
    with django_assert_num_queries(0):
        poster = poster_of(film)
    assert not poster.drawn and poster.alt == "A red car"
    assert poster.src == f"/media/{key}/360.webp"
    avif = ", ".join(f"/media/{key}/{width}.avif {width}w" for width in WIDTHS)
    assert poster.sources == (Source("image/avif", avif),)


def test_beside_its_title_a_poster_says_nothing(film):
    page = drawn(film)
    assert 'alt=""' in page and 'loading="lazy"' in page and 'width="360" height="540"' in page
    assert "<picture>" not in page and "style=" not in page


def test_an_uploaded_poster_is_offered_in_the_better_format_first(film):
    film.poster_key = "posters/3f/3f" + "0" * 30
    page = drawn(film, alt="A red car", eager=True)
    assert f'class="stand-in" src="/media/{film.poster_key}/24.webp"' in page
    assert page.index('<source type="image/avif"') < page.index("<img src", page.index("<picture"))
    assert 'alt="A red car"' in page and 'fetchpriority="high"' in page and "lazy" not in page


# The drawn one's address


@pytest.mark.parametrize("width", WIDTHS)
def test_a_drawn_poster_is_a_picture_that_may_be_kept_for_ever(film, width):
    answer = get(film, width=width)
    assert answer.status_code == 200 and answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(BytesIO(answer.content)).size == (width, width * 3 // 2)


def test_drawing_only_reads_the_database_and_the_second_time_not_even_that(film, django_assert_num_queries):
    with django_assert_num_queries(3) as seen:
        first = get(film)
    assert all(query["sql"].startswith("SELECT") for query in seen.captured_queries)
    with django_assert_num_queries(0):
        assert get(film).content == first.content


def test_who_has_it_already_is_told_so(film, django_assert_num_queries):
    tag = get(film)["ETag"]
    with django_assert_num_queries(0):
        answer = get(film, if_none_match=tag)
    assert answer.status_code == 304 and not answer.content and "immutable" in answer["Cache-Control"]


def test_an_outdated_address_leads_to_the_current_poster(film):
    Film.objects.filter(pk=film.pk).update(poster_version=3)
    answer = get(film, version=2)
    assert answer.status_code == 302 and answer["Location"] == drawn_url(film.pk, 3, 180)
    assert get(film, version=9).status_code == 302
    assert Client().get(answer["Location"]).status_code == 200


def test_drawing_a_new_version_clears_the_last_one_away(film, places):
    get(film)
    Film.objects.filter(pk=film.pk).update(poster_version=2, title="Another title")
    film.refresh_from_db()
    get(film)
    assert [file.name for file in places.rglob("*.webp")] == [f"{film.pk}-2-180.webp"]


@pytest.mark.parametrize(
    "address",
    [
        "/posters/999999999-1-180.webp",
        "/posters/99999999999999999999999999-1-180.webp",
        "/posters/1-1-181.webp",
        "/posters/1-1-180.png",
        "/posters/-1-1-180.webp",
    ],
)
def test_what_there_is_not_is_not_found(film, address):
    assert Client().get(address).status_code == 404


def test_posting_to_a_poster_is_not_allowed(film):
    assert Client().post(drawn_url(film.pk, 1)).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_ten_who_ask_at_once_get_the_same_picture_drawn_once(film, places):
    answers = []

    def ask():
        answers.append(get(film, width=600).content)

    assert all_at_once([ask] * 10) == []
    assert len(answers) == 10 and len(set(answers)) == 1
    files = list(places.rglob("*"))
    assert [file.name for file in files if file.is_file()] == [f"{film.pk}-1-600.webp"]


# What it is drawn from


def test_the_press_is_told_directors_in_order_and_one_genre(film):
    subject = stock.subject_of(film)
    assert (subject.title, subject.year, subject.director) == ("Baby Driver", 2017, "Edgar Wright")
    assert subject.genre in ("Action", "Crime")
    pair = make.film(title="The Red Shoes", year=1948, directors=["Michael Powell", "Emeric Pressburger"])
    assert stock.subject_of(pair).director == "Michael Powell & Emeric Pressburger"
    bare = make.film(title="Bare", year=None)
    assert (stock.subject_of(bare).director, stock.subject_of(bare).genre) == ("", "")


def test_an_editors_choice_reaches_the_press(film):
    film.poster_family, film.poster_palette = "petals", "nightbus"
    subject = stock.subject_of(film)
    assert (subject.family, subject.palette) == ("petals", "nightbus")


def test_posters_can_be_drawn_ahead_and_a_second_time_costs_nothing(film):
    given = make.film(title="With artwork", poster_key="posters/3f/3f" + "0" * 30)
    assert stock.draw_posters([film, given]) == len(stock.AHEAD)
    assert stock.draw_posters([film, given]) == 0
    assert default_storage.exists(f"drawn/{film.pk % 1000:03d}/{film.pk}-1-180.webp")


def test_the_best_known_films_are_drawn_ahead_first(places):
    known, unknown = make.film(renown=900), make.film(renown=1)
    draw_popular_posters(most=1)
    drawn = {path.name.split("-")[0] for path in places.rglob("*.webp")}
    assert drawn == {str(known.pk)} != {str(unknown.pk)}
