"""What programs ask for."""

import json
import xml.etree.ElementTree as ET
from datetime import date

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.actions import change_username
from accounts.models import User
from films.models import FormerSlug
from reviews.actions.filling import change_entry
from reviews.actions.following import choose_privacy
from reviews.models import FilmList, ListEntry
from reviews.models.visibility import Visibility
from tests import make

pytestmark = pytest.mark.django_db
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client, path: str) -> list[str]:
    response = client.get(path)
    assert response["Content-Type"].startswith("application/xml")
    assert not response.cookies
    return [
        place.text.removeprefix(settings.SITE_URL) for place in ET.fromstring(response.getvalue()).iter(f"{MAP}loc")
    ]


def test_it_maps_every_public_page_and_no_other(client, cast):
    film = make.film(title="Baby Driver", year=2017, directors=["Edgar Wright"])
    make.person(name="Nobody Yet")
    shown = make.review(member=cast.ana, film=film)
    make.review(member=cast.bea, film=film, visibility=Visibility.FOLLOWERS)
    make.review(member=cast.fay, film=film, draft=True)
    make.article(title="On the beat")
    make.article(title="Draft", published_at=None)
    make.collection(title="Drivers")
    for category in ("Editing", "Sound"):
        film.awards.create(award="BAFTA", category=category, year=2018, outcome="won")
    found = [place for path in locations(client, "/sitemap.xml") for place in locations(client, path)]
    assert sorted(found) == sorted([
        "/", "/films/", "/articles/", "/lists/", "/essays/",
        "/charts/", "/collections/", "/leaving-soon/", "/calendar/",
        "/house/", "/screenings/",
        "/open-data/",
        "/awards/", "/awards/bafta/2018/",
        "/films/baby-driver-2017/", "/people/edgar-wright/", shown.get_absolute_url(), "/articles/on-the-beat/",
        "/collections/drivers/",
    ])  # fmt: skip


def test_it_splits_the_map_by_id_and_reads_it_in_parts(client, monkeypatch):
    from reviews import sitemaps

    films = [make.film() for _n in range(5)]
    monkeypatch.setattr(sitemaps, "A_FILE", films[1].pk)
    monkeypatch.setattr(sitemaps, "A_READ", 2)
    sections = [path for path in locations(client, "/sitemap.xml") if "/films-" in path]
    assert [path.split("films-")[1] for path in sections][:2] == ["1.xml", "2.xml"]
    found = [place for path in sections for place in locations(client, path)]
    assert found == [film.get_absolute_url() for film in films]


@pytest.mark.parametrize("path", ["/sitemaps/secrets-1.xml", "/sitemaps/films-0.xml", "/sitemaps/films-9999999999.xml"])
def test_it_knows_no_other_map(client, path):
    assert client.get(path).status_code == 404


def test_it_tells_robots_where_to_look(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /accounts/" in text


def test_it_can_be_searched_from_the_address_bar(client):
    response = client.get("/opensearch.xml")
    root = ET.fromstring(response.content)
    url = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url.get("template") == f"{settings.SITE_URL}/search/?q={{searchTerms}}"


def test_it_has_a_manifest(client):
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = json.loads(response.content)
    assert manifest["name"] == settings.SITE_NAME
    assert client.get(manifest["start_url"]).status_code == 200


def embed(client, path: str, **query: str):
    return client.get("/oembed", {"url": path if "://" in path else settings.SITE_URL + path, **query})


def test_it_describes_a_review_and_a_film(client, cast):
    film = make.film(title="Baby <Driver>", year=2017, synopsis="A driver & his songs.")
    review = make.review(member=cast.ana, film=film, body="Wipers in time.", stars=4.5)
    card = embed(client, review.get_absolute_url()).json()
    assert card["title"] == "Ana on Baby <Driver> (2017)"
    assert card["author_url"] == f"{settings.SITE_URL}/members/ana/"
    assert "4½ stars. Wipers in time." in card["html"]
    assert "Baby &lt;Driver&gt;" in card["html"]
    assert (card["version"], card["type"]) == ("1.0", "rich")
    assert "A driver &amp; his songs." in embed(client, film.get_absolute_url()).json()["html"]


def test_it_describes_a_film_by_its_former_address(client):
    film = make.film(title="Baby Driver", year=2017)
    FormerSlug.objects.create(slug="baby-diver-2017", film=film)
    assert film.get_absolute_url() in embed(client, "/films/baby-diver-2017/").json()["html"]


def test_it_gives_no_ending_away(client):
    review = make.review(body="He stops the car.", spoilers=True)
    assert "stops the car" not in embed(client, review.get_absolute_url()).json()["html"]


def test_it_describes_nothing_that_is_not_for_everybody(client, cast):
    hidden = make.review(member=cast.ana, visibility=Visibility.FOLLOWERS)
    client.force_login(cast.bea)
    assert embed(client, hidden.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "/", "/films/nothing-2000/", "/reviews/999999/", "https://example.org/reviews/1/", "http://[bad"],
)
def test_it_says_so_when_there_is_nothing_to_describe(client, url):
    response = embed(client, url)
    assert response.status_code == 404
    assert response.json()["detail"].startswith("Give the url")


def test_it_speaks_only_json(client):
    assert embed(client, "/films/", format="xml").status_code == 501


def test_it_feeds_reviews_to_readers(client, cast):
    film = make.film(title="Baby Driver", year=2017)
    make.review(member=cast.ana, film=film, body="Wipers in time.", stars=4.5)
    make.review(member=cast.bea, film=film, body="He stops the car.", spoilers=True)
    make.review(member=cast.fay, film=film, body="For my followers.", visibility=Visibility.FOLLOWERS)
    response = client.get("/feeds/reviews.rss")
    root = ET.fromstring(response.content)
    assert [item.findtext("title") for item in root.iter("item")] == [
        "Bea on Baby Driver (2017)",
        "Ana on Baby Driver (2017)",
    ]
    text = response.content.decode()
    assert "stops the car" not in text
    assert "4½ stars" in text
    assert all(item.findtext("link").startswith(settings.SITE_URL) for item in root.iter("item"))
    assert client.get("/feeds/reviews.rss", headers={"If-Modified-Since": response["Last-Modified"]}).status_code in {
        200,
        304,
    }


def test_a_members_feed_goes_with_their_name_and_a_private_account_has_none(client, cast):
    make.review(member=cast.ana, film=make.film(title="Heat", year=1995), body="Rain on the bonnet.")
    change_username(member=cast.ana, username="anna")
    moved = client.get("/members/ana/feed.rss")
    assert (moved.status_code, moved["Location"]) == (301, "/members/anna/feed.rss")
    assert "Ana on Heat (1995)" in client.get(moved["Location"]).text
    assert "/members/anna/feed.rss" in client.get("/members/anna/").text
    choose_privacy(member=cast.ana, is_private=True)
    client.force_login(cast.bea)  # who follows her
    assert client.get("/members/anna/feed.rss").status_code == 404
    assert "feed.rss" not in client.get("/members/anna/").text


def test_a_diary_is_a_feed_of_what_everybody_may_read(client, cast):
    film = make.film(title="Heat", year=1995)
    make.viewing(
        member=cast.ana, film=film, stars=3.5, watched_on=date(2024, 2, 1), rewatch=True, tags=["mall"], format="35mm",
        place="Rio", context_shown=True,
    )  # fmt: skip
    review = make.review(member=cast.ana, film=film, watched_on=date(2024, 1, 1), format="imax", stars=None)
    make.viewing(member=cast.ana, film=film, watched_on=date(2024, 3, 1), visibility="followers", tags=["hidden"])
    for viewer in (None, cast.bea):
        client.logout()
        if viewer:
            client.force_login(viewer)
        root = ET.fromstring(client.get("/members/ana/diary.rss").content)
        first, second = root.findall("./channel/item")
        assert [first.findtext("title"), second.findtext("title")] == ["Heat (1995), 3½ stars", "Heat (1995)"]
        assert first.findtext("description") == "<p>Watched on 1 February 2024. Seen before. 35 mm, Rio</p>"
        assert first.findtext("category") == "mall" and first.findtext("link").endswith(film.get_absolute_url())
        assert second.findtext("link").endswith(review.get_absolute_url())
        assert "IMAX" not in second.findtext("description"), "where it was is for her alone"
    assert "/members/ana/diary.rss" in client.get("/members/ana/diary/").text
    choose_privacy(member=cast.ana, is_private=True)
    assert client.get("/members/ana/diary.rss").status_code == 404
    assert "diary.rss" not in client.get("/members/ana/diary/").text


def test_a_list_is_a_feed_of_what_was_put_on_it_last(client, cast, django_assert_max_num_queries):
    """Where everybody may see it; notes of who was suspended are not in it."""
    heat, ronin = make.film(title="Heat", year=1995), make.film(title="Ronin", year=1998)
    shelf = make.film_list(member=cast.ana, title="Getaways", films=[heat, ronin], notes="Mind the *clutch*.")
    change_entry(member=cast.ana, entry=shelf.entries.get(film=ronin), note="He talks.", spoilers=True)
    at = f"/lists/{shelf.pk}/feed.rss"
    page = client.get(shelf.get_absolute_url()).text
    assert page.count(f'href="{at}"') == 2 and 'type="application/rss+xml" title="Getaways"' in page
    with django_assert_max_num_queries(3):
        answer = client.get(at)
    root = ET.fromstring(answer.content)
    assert root.findtext("./channel/title") == "Getaways, a list by Ana"
    items = [[item.findtext(name) for name in ("title", "description")] for item in root.iter("item")]
    assert items[0][0] == "Ronin (1998)" and "behind a curtain" in items[0][1] and "He talks" not in answer.text
    assert items[1] == ["Heat (1995)", "<p>Mind the clutch.</p>"]
    assert client.get(at, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    ListEntry.objects.filter(film=heat).update(noted_by=cast.fay)
    User.objects.filter(pk=cast.fay.pk).update(is_active=False)
    assert "clutch" not in client.get(at).text
    client.force_login(cast.cem)  # whom she blocks
    assert client.get(at).status_code == 404
    for hidden in ({"visibility": "link"}, {"visibility": "followers"}, {"visibility": "private"}):
        FilmList.objects.filter(pk=shelf.pk).update(**hidden)
        for viewer in (cast.bea, cast.ana):
            client.force_login(viewer)
            assert client.get(at).status_code == 404, hidden
        assert "feed.rss" not in client.get(shelf.get_absolute_url()).text
    FilmList.objects.filter(pk=shelf.pk).update(visibility="public", removed_at=timezone.now())
    assert client.get(at).status_code == 404
    FilmList.objects.filter(pk=shelf.pk).update(removed_at=None)
    choose_privacy(member=cast.ana, is_private=True)
    assert client.get(at).status_code == 404 and "feed.rss" not in client.get(shelf.get_absolute_url()).text


def test_it_feeds_the_journal_to_readers(client, cast):
    make.article(title="On the beat", standfirst="It hears.", author=cast.dora)
    make.article(title="Tomorrow", published_at=timezone.now() + timezone.timedelta(days=1))
    items = list(ET.fromstring(client.get("/feeds/articles.rss").content).iter("item"))
    assert [(item.findtext("title"), item.findtext("description")) for item in items] == [("On the beat", "It hears.")]


@pytest.mark.parametrize("path", ["/feeds/reviews.rss", "/feeds/articles.rss"])
def test_it_feeds_in_few_queries(client, path, django_assert_max_num_queries):
    for n in range(5):
        make.review(body=f"Words {n}.")
        make.article(title=f"Piece {n}", author=make.member())
    with django_assert_max_num_queries(2):
        client.get(path)
