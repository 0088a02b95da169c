"""Charts: who stands where, by which rule, for which films and for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from films.models import Chart, ChartPlace, Film
from reviews.actions.charting import draw_charts
from reviews.actions.hushing import mute_film
from reviews.actions.popularity import count_popularity
from reviews.models import Mark
from tests import make
from tests.api import Api, assert_golden, queries_of

pytestmark = pytest.mark.django_db


def rated(*stars, days=1, **facts):
    """A film with these ratings of some days ago."""
    film = make.film(**facts)
    for number in stars:
        make.mark(member=make.member(), film=film, stars=number)
    then = timezone.now() - timedelta(days=days)
    Mark.objects.filter(film=film).update(rated_at=then, watched_at=then)
    return film


def drawn():
    count_popularity()
    draw_charts()


def on(client, address):
    return [row.film for row in client.get(f"/charts/{address}").context["rows"]]


def test_the_best_are_in_the_order_of_the_weighted_mean(client):
    few, many = rated(5, 5, 5), rated(*[4.5] * 12)
    rated(5, 5)
    drawn()
    page = client.get("/charts/top/")
    assert [(row.position, row.film) for row in page.context["rows"]] == [(1, many), (2, few)]
    assert "4.05 weighted" in page.text and "(10 × 3.50 + the film’s stars) ÷ (10 + its ratings)" in page.text
    assert "at least 3 ratings" in page.text, "asked for 48, and halved until there were enough or none was left"
    assert ">1</b>" in client.get(f"/films/{many.slug}/").text
    assert Api().get(f"films/{few.slug}/").json()["top_position"] == 2
    Mark.objects.filter(film=many).delete()
    drawn()
    many.refresh_from_db()
    assert on(client, "top/") == [few] and many.top_position is None


def test_what_is_asked_is_not_halved_where_there_are_films_enough(client, monkeypatch):
    monkeypatch.setattr("reviews.actions.charting.ENOUGH", {})
    monkeypatch.setattr("reviews.actions.charting.ENOUGH_OF_OTHERS", 1)
    many = rated(*[3] * 12)
    rated(5, 5, 5, genres=["Drama"])
    drawn()
    assert on(client, "top/") == [many] and len(on(client, "top/?genre=drama")) == 1, "each chart halves by itself"


def test_trending_is_what_is_above_its_usual(client):
    usual, new, quiet = rated(*[4] * 40, days=100), rated(4, 4, 4), rated(4)
    for days in (1, 3, 5, 7):
        member = make.member()
        make.mark(member=member, film=usual, stars=4)
        Mark.objects.filter(member=member).update(
            rated_at=timezone.now() - timedelta(days=days), watched_at=timezone.now() - timedelta(days=days)
        )
    drawn()
    films = on(client, "trending/")
    assert films[0] == new and quiet not in films
    assert on(client, "popular-week/")[:2] == [usual, new] and on(client, "popular-year/")[0] == usual


def test_hidden_gems_are_loved_and_seen_by_few(client):
    gem, hit = rated(5, 5, 5), rated(*[5] * 9)
    rated(1, 1, 1)
    drawn()
    assert on(client, "hidden-gems/") == [gem] and on(client, "top/")[0] == hit


def test_what_divides_and_what_is_awaited(client):
    split = rated(0.5, 5, 0.5, 5, 0.5, 5)
    rated(*[3] * 6)
    awaited = make.film(year=timezone.localdate().year + 1)
    wanted, known = make.film(), rated(4, 4, 4)
    for film, number in ((awaited, 2), (wanted, 1), (known, 3)):
        for _ in range(number):
            make.mark(member=make.member(), film=film, in_watchlist=True)
    drawn()
    assert on(client, "divisive/") == [split] and "± 2.25 stars" in client.get("/charts/divisive/").text
    assert on(client, "anticipated/") == [awaited, wanted]


def test_genre_country_and_decade_narrow_it_down_together(client):
    one = rated(5, 5, 5, title="One", year=1994, genres=["Crime"], countries=["FR"])
    two = rated(4, 4, 4, title="Two", year=1999, genres=["Crime"], countries=["FR", "GB"])
    rated(4.5, 4.5, 4.5, title="Three", year=1999, genres=["Drama"], countries=["FR"])
    four = rated(3, 3, 3, title="Four", year=2001, genres=["Crime"], countries=["FR"])
    drawn()
    assert on(client, "top/?genre=crime") == [one, two, four]
    page = client.get("/charts/top/?genre=Crime&country=FR&decade=1990")
    assert [(row.position, row.film) for row in page.context["rows"]] == [(1, one), (2, two)]
    assert page.context["of"] == "Crime, FR, 1990s"
    assert client.get("/charts/top/?genre=crime&country=&decade=").url == "/charts/top/?genre=crime"
    notices = client.get("/charts/top/?genre=opera&decade=1650s").context["notices"]
    assert len(notices) == 2 and "“opera”" in notices[0]
    page = client.get("/charts/top/?genre=crime&genre=drama&genre=crime&country=&country=fr&decade=1990s&decade=2000s")
    assert page.context["notices"] == [
        "A chart goes by one genre at a time, so “drama” is left out.",
        "A chart goes by one decade at a time, so “2000s” is left out.",
    ]
    assert page.context["url"] == "/charts/top/?genre=crime&country=FR&decade=1990s"
    answer = Api().get("charts/top/?genre=crime&decade=1990s&page_size=1").json()
    assert [row["film"]["slug"] for row in answer["results"]] == [one.slug]
    onward = Api().get(answer["next"]).json()
    assert [(row["position"], row["film"]["slug"]) for row in onward["results"]] == [(2, two.slug)]
    assert Api().get("charts/top/?genre=crime&country=gb&decade=1950s").json()["results"] == []
    assert Api().get("charts/top/?genre=crime&genre=crime").status_code == 200
    refused = Api().get("charts/top/?genre=crime&genre=drama")
    assert refused.status_code == 400 and refused.json()["genre"] == ["Say it once: this list takes one at a time."]
    refused = Api().get("charts/top/?genre=opera&country=zz")
    assert refused.status_code == 400
    assert refused.json() == {
        "genre": ["There is no genre “opera” here."], "country": ["There is no country “zz” here."],
    }  # fmt: skip
    assert Api().get("charts/top/?decade=soon").status_code == 400


def test_a_second_drawing_writes_only_what_moved(client, django_assert_num_queries):
    first, second = rated(5, 5, 5), rated(4, 4, 4)
    drawn()
    before = dict(ChartPlace.objects.values_list("pk", "film"))
    drawn()
    assert dict(ChartPlace.objects.values_list("pk", "film")) == before
    Film.objects.filter(pk=second.pk).delete()
    assert on(client, "top/") == [first]
    drawn()
    assert Chart.objects.of_all_films().get(name="top").film_count == 1


def test_what_a_visitor_may_not_see_moves_no_chart(client):
    shown, hidden, apart = rated(4, 4, 4), rated(4, 4, 4, 4), rated(4, 4, 4, 4, 4)
    Mark.objects.filter(film=hidden).update(visibility="private")
    User.objects.filter(marks__film=apart).update(is_private=True)
    drawn()
    for chart in ("trending", "popular-week", "popular-month", "popular-year"):
        assert on(client, f"{chart}/") == [shown], chart
    User.objects.filter(marks__film=shown).update(is_active=False)
    drawn()
    assert on(client, "popular-week/") == [] and shown not in on(client, "top/")


def test_a_muted_film_leaves_its_position_empty(client):
    first, second = rated(5, 5, 5), rated(4, 4, 4)
    drawn()
    ana = make.member()
    mute_film(member=ana, film=first)
    client.force_login(ana)
    assert [(row.position, row.film) for row in client.get("/charts/top/").context["rows"]] == [(2, second)]
    short = next(glimpse for glimpse in client.get("/charts/").context["glimpses"] if glimpse.name == "top")
    assert [row.film for row in short.films] == [second]
    assert [row["position"] for row in Api(as_=ana).get("charts/top/").json()["results"]] == [2]


def test_whoever_hides_scores_is_told_none(client):
    film = rated(5, 5, 5)
    drawn()
    iris = make.member(hides_scores=True)
    client.force_login(iris)
    assert "weighted<" not in client.get("/charts/top/").text
    assert "in the top 250" not in client.get(f"/films/{film.slug}/").text
    answer = Api(as_=iris).get("charts/top/").json()["results"][0]
    assert (answer["figure"], answer["film"]["rating"], answer["film"]["top_position"]) == (None, None, None)


def test_programs_read_the_charts():
    rated(5, 5, 5, title="Baby Driver", genres=["Crime"])
    drawn()
    assert_golden("charts", Api().get("charts/"))
    assert_golden("chart", Api().get("charts/top/"))


def test_pages_are_numbered_and_end(client, monkeypatch):
    monkeypatch.setattr("reviews.views.charts.A_PAGE", 2)
    for stars in (5, 4.5, 4, 3.5, 3):
        rated(*[stars] * 3)
    drawn()
    page = client.get("/charts/top/?page=2")
    assert [row.position for row in page.context["rows"]] == [3, 4] and "Page 2 of 3" in page.text
    assert [row.position for row in client.get("/charts/top/?page=99").context["rows"]] == [5]


def test_before_the_first_drawing_it_says_so(client):
    assert "Not drawn up yet" in client.get("/charts/top/").text and "Not drawn up yet" in client.get("/charts/").text
    draw_charts()
    assert "Yours would help" in client.get("/charts/top/").text


@pytest.mark.parametrize("address", ["/charts/", "/charts/top/?genre=drama&decade=2010s", "/api/v1/charts/top/"])
def test_a_chart_costs_the_same_however_many_stand_on_it(address):
    iris = make.member(hides_scores=True)
    rated(5, 5, 5, genres=["Drama"])
    drawn()
    few = [queries_of("GET", address, as_=who) for who in (None, iris)]
    for _ in range(5):
        rated(4, 4, 4, genres=["Drama"])
    drawn()
    assert [queries_of("GET", address, as_=who) for who in (None, iris)] == few
    assert few[0] <= 6 and few[1] <= 10, few
