"""The page that narrows the catalogue down."""

import re
from datetime import date

import pytest

from films.models import Film
from tests import make

pytestmark = pytest.mark.django_db
FIELDS = "from=&to=&min_rating=&length=&country=&language=&service=&sort=popular"


def titles(response) -> list[str]:
    return [film.title for film in response.context["films"]]


def fill(number: int) -> None:
    for n in range(number):
        make.film(title=f"Film {n}", year=1990 + n % 30, genres=["Drama"], renown=n)


@pytest.mark.parametrize("signed_in", [False, True])
def test_it_asks_the_database_as_often_for_one_film_as_for_sixty(
    client, cast, signed_in, django_assert_max_num_queries
):
    make.mark(member=cast.ana, film=make.film(title="First", genres=["Drama"]), stars=4)
    if signed_in:
        client.force_login(cast.ana)
    counts = []
    for more in (0, 70):
        fill(more)
        with django_assert_max_num_queries(12 if signed_in else 8) as queries:
            response = client.get("/films/?genre=drama&sort=newest")
        assert len(response.context["films"]) == (60 if more else 1)
        counts.append(len(queries))
    assert counts[1] <= counts[0]


def test_the_newest_film_is_the_one_that_was_released_last(client):
    days = {
        "December": (2017, date(2017, 12, 1)), "June": (2017, date(2017, 6, 28)), "Some day": (2017, None),
        "Late": (2016, date(2016, 12, 31)), "Shown before": (2016, date(2017, 8, 1)), "Undated": (None, None),
    }  # fmt: skip
    for title, (year, day) in sorted(days.items()):
        make.film(title=title, year=year, release_date=day, genres=["Drama"])
    for narrowed in ("", "&genre=drama"):
        assert titles(client.get(f"/films/?sort=newest{narrowed}")) == [*days]
        assert titles(client.get(f"/films/?sort=oldest{narrowed}")) == [*reversed([*days][:-1]), "Undated"]
    Film.objects.filter(title="June").update(release_date=date(2017, 12, 24))
    for narrowed in ("", "&genre=drama"):
        assert titles(client.get(f"/films/?sort=newest{narrowed}"))[:2] == ["June", "December"]


@pytest.mark.parametrize("sort", ["popular", "rating", "newest", "oldest", "title", "length"])
def test_it_leads_to_the_next_page_and_back(client, sort):
    fill(61)
    first = client.get(f"/films/?sort={sort}")
    assert first.context["previous_url"] == ""
    second = client.get(first.context["next_url"])
    assert len(titles(second)) == 1
    assert second.context["next_url"] == ""
    assert titles(client.get(second.context["previous_url"])) == titles(first)


def test_it_keeps_the_filters_from_page_to_page(client):
    fill(61)
    response = client.get(client.get("/films/?genre=drama&from=1980&sort=title").context["next_url"])
    assert [label for label, _address in response.context["chips"]] == ["Drama", "From 1980"]
    assert 'value="title" selected' in response.content.decode()


def test_it_says_which_page_it_is_not_and_shows_the_first(client):
    make.film(title="Baby Driver")
    response = client.get("/films/?after=nonsense")
    assert "That page is not there any more" in response.content.decode()
    assert titles(response) == ["Baby Driver"]


def test_it_shows_what_the_form_asked_for_under_a_short_address(client):
    make.film(genres=["Drama"])
    response = client.get(f"/films/?genre=drama&{FIELDS}")
    assert response.status_code == 302
    assert response["Location"] == "/films/?genre=drama"
    response = client.get(f"/films/?genre=drama&{FIELDS}", headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response["HX-Push-Url"] == "/films/?genre=drama"
    assert "HX-Request" in response["Vary"]


def test_it_says_what_it_leaves_out(client):
    response = client.get("/films/?genre=zzz&year=soon&min_rating=9")
    assert len(response.context["notices"]) == 3
    assert "“zzz”" in response.content.decode()
    told = client.get("/films/?yours=loathed&not_yours=adored").context["notices"]
    assert len(told) == 2 and "“loathed”" in told[0] and "“adored”" in told[1]


def test_it_says_which_filter_to_take_off_when_nothing_is_left(client):
    for year in (1991, 1992):
        make.film(year=year, genres=["Drama"])
    make.film(year=2015, genres=["Western"])
    response = client.get("/films/?genre=drama&decade=2010s")
    page = response.content.decode()
    assert "No film matches both filters" in page
    assert response.context["ways_out"] == [
        ("2010s", "/films/?genre=drama", 2),
        ("Drama", "/films/?from=2010&to=2019", 1),
    ]
    assert "Without “2010s”: 2 films" in page


def test_it_has_words_for_an_empty_house(client):
    assert "No film is here yet" in client.get("/films/").content.decode()


def test_it_shows_somebody_signed_in_what_they_have_seen_and_liked(client, cast):
    film = make.film(title="Baby Driver")
    make.mark(member=cast.ana, film=film, stars=4, liked=True)
    assert "You have watched this" not in client.get("/films/").content.decode()
    client.force_login(cast.fay)
    assert "You have watched this" not in client.get("/films/").content.decode()
    client.force_login(cast.ana)
    page = client.get("/films/").content.decode()
    assert "You have watched this" in page
    assert "You liked this" in page


def test_it_filters_by_what_a_member_has_not_seen_and_wants_to(client, cast):
    seen, wanted, other = (make.film(title=title) for title in ("Seen", "Wanted", "Other"))
    make.mark(member=cast.ana, film=seen, watched=True)
    make.mark(member=cast.ana, film=wanted, in_watchlist=True)
    make.mark(member=cast.bea, film=other, watched=True)
    client.force_login(cast.ana)
    assert set(titles(client.get("/films/?yours=unseen"))) == {"Wanted", "Other"}
    assert titles(client.get("/films/?yours=watchlist")) == ["Wanted"]
    client.logout()
    response = client.get("/films/?yours=watchlist")
    assert len(titles(response)) == 3
    assert "Log in to filter" in response.content.decode()


def test_it_gives_somebody_signed_out_no_cookie_and_no_token(client):
    make.film()
    response = client.get("/films/")
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content
    assert '<link rel="canonical" href="http' in response.content.decode()


def test_it_takes_no_post(client):
    assert client.post("/films/").status_code == 405


def test_it_escapes_what_was_typed(client):
    page = client.get("/films/?genre=<script>alert(1)</script>&year=<b>").content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_it_counts_exactly_however_many_there_are(client):
    Film.objects.bulk_create(
        Film(title="A", slug=f"a-{n}", sort_title="a", year=1990, runtime_minutes=100) for n in range(1001)
    )
    assert "1,001 films" in client.get("/films/").content.decode()
    assert "1,001 films" in client.get("/films/?length=medium").content.decode()
    assert "1,001 films" in client.get("/films/?length=medium&decade=1990s").content.decode()
    numbers = client.get("/films/").content.decode()
    assert '<span class="n" data-count="length=medium">1,001</span>' in numbers
    assert '1990s <span class="n">1,001</span>' in numbers


def test_rare_genres_are_folded_away_unless_they_are_on(client):
    names = ["Action", "Comedy", "Crime", "Drama", "Horror", "Musical", "Sport", "Western"]
    for number, name in enumerate(names):
        for _film in range(number + 1):
            make.film(genres=[name])

    def parts(query: str) -> list[list[str]]:
        form = client.get(f"/films/?{query}").text.partition("<legend>Genre</legend>")[2].partition("</fieldset>")[0]
        return [re.findall(r'value="(\w+)"', part) for part in form.split("<summary>All genres</summary>")]

    make.film(genres=names)  # so that each is left by each other
    assert parts("") == [[name.lower() for name in names[:1:-1]], ["action", "comedy"]]
    assert parts("genre=action") == [["action", "comedy", "crime", "drama", "horror", "musical"], ["sport", "western"]]
    assert parts("genre=action&genre=western")[1] == ["sport"]
    assert parts("genre=drama&not_genre=action") == [["drama"]], "what leaves no film is not offered"


@pytest.mark.parametrize(
    "address",
    ["/lists/?sort={}", "/films/baby-driver-2017/reviews/?sort={}", "/search/?q=baby&kind={}", "/articles/?kind={}"],
)
def test_other_pages_say_too_what_they_left_out(client, address):
    make.film(title="Baby Driver")
    page = client.get(address.format("%00no-such")).text
    assert "“no-such” is not one of" in page and "\0" not in page
    assert "is not one of" not in client.get(address.format("")).text
