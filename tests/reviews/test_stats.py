"""A member's figures, ever and year by year: that they are right, lead to what they count, and tell no secrets."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.models import User
from reviews.actions.diary import change_viewing, delete_viewing
from reviews.models import Mark, Viewing
from tests import make
from tests.api import Api, assert_golden

pytestmark = pytest.mark.django_db

ROW = re.compile(r'<tr><td class="month">|<li class="film">')


def page(address: str, viewer: User | None = None, **query: str) -> str:
    client = Client()
    if viewer:
        client.force_login(viewer)
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode())


def stats(viewer: User | None = None, year: int | None = 2024, username: str = "ana") -> dict:
    answer = Api(as_=viewer).get(f"members/{username}/stats/{f'?year={year}' if year else ''}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def seen(cast):
    """Ana's diary: Heat twice and two more in 2024, one in 2023; and a film that she saw she knows not when."""
    films = {
        name: make.film(
            title=name,
            year=year,
            runtime_minutes=minutes,
            directors=["Michael Mann"],
            genres=["Crime"],
            countries=["US"],
            languages=["en"],
            cast=[("Al Pacino", ""), ("Al Pacino", "himself")],
        )
        for name, year, minutes in (("Heat", 1995, 170), ("Thief", 1981, 122), ("Ali", 2001, None))
    } | {
        "Tampopo": make.film(title="Tampopo", year=1985, runtime_minutes=114, directors=["Juzo Itami"], genres=["Food"])
    }
    ana = cast.ana
    make.viewing(member=ana, film=films["Thief"], watched_on=date(2023, 12, 31), stars=2)
    make.viewing(member=ana, film=films["Heat"], watched_on=date(2024, 1, 28), stars=4.5)
    make.viewing(member=ana, film=films["Thief"], watched_on=date(2024, 3, 5), stars=4, rewatch=True)
    make.viewing(member=ana, film=films["Heat"], watched_on=date(2024, 3, 5), stars=5, rewatch=True)
    make.viewing(member=ana, film=films["Ali"], watched_on=date(2024, 12, 30))
    make.mark(member=ana, film=films["Tampopo"], stars=3)
    for number in range(3):
        make.mark(member=make.member(), film=films["Heat"], stars=1 + number / 2, liked=True)
    return films


def test_it_counts_viewings_films_and_hours(cast, seen):
    year, ever = stats()["period"], stats(year=None)
    assert ever["years"] == [2024, 2023]
    assert (year["viewings"], year["films"], year["minutes"], year["rewatches"]) == (4, 3, 2 * 170 + 122, 2)
    assert (year["films_without_runtime"], year["days_with_viewings"], year["average"]) == (1, 3, 4.5)
    assert year["histogram"] == [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]
    assert [month["month"] for month in year["months"]] == ["2024-01", "2024-03", "2024-12"]
    assert year["weekdays"] == [1, 2, 0, 0, 0, 0, 1]  # a Monday, twice on a Tuesday, a Sunday
    ever = ever["period"]
    # All films that are marked, and every viewing's minutes; the undated one is seen once.
    assert (ever["films"], ever["viewings"], ever["minutes"]) == (4, 5, 2 * 170 + 2 * 122 + 114)
    assert ever["average"] == 4.0  # of 5, 4 and 3: what she gives them now
    assert stats(year=2022)["period"]["films"] == 0


def test_it_ranks_who_made_them_and_says_what_stands_out(cast, seen):
    api = Api().get("members/ana/stats/?year=2024")
    assert_golden("member_stats_of_a_year", api)
    ranked = {row["kind"]: row for row in api.json()["period"]["rankings"]}
    (mann,) = ranked["director"]["most_seen"]
    # Heat once, by what it got last, and whoever plays two parts in it once.
    assert (mann["name"], mann["films"], mann["rated"], mann["average"]) == ("Michael Mann", 3, 2, 4.5)
    assert [(place["name"], place["films"]) for place in ranked["actor"]["most_seen"]] == [("Al Pacino", 3)]
    text = page("/members/ana/stats/2024/")
    for words in (
        "2024 in review", "March 2024: 2 viewings", "Week of 4 March: 2 viewings", "Tuesday: 2 viewings",
        "5 March 2024: 2 viewings", "5 stars once", "The first of the year, 28 January 2024",
        "The longest, 170 minutes",
        "5 stars, where members give", "3 members like it", "The running time of 1 film is not known",
    ):  # fmt: skip
        assert words in text, words
    assert "Tampopo" not in text
    ever = page("/members/ana/stats/")
    assert "2023: 1 viewing" in ever and "Tampopo (1985)</a><span>3 stars" in ever


@pytest.mark.parametrize("address", ["/members/ana/stats/", "/members/ana/stats/2024/"])
def test_every_figure_leads_to_what_it_counts(cast, seen, address):
    text = page(address)
    links = re.findall(
        r'<a href="([^"]+)"(?: aria-label="[^"]*")?[^>]*>(?:<svg.*?</svg>)?<span class="(?:vh|tip)"[^>]*>(.*?)</span>',
        text,
    )
    links += re.findall(r'<th scope="row"><a href="([^"]+)">.*?<td>(.*?)</td>', text, re.S)
    links += re.findall(r'<a href="([^"]+)"><b>(.*?)</b>', text)
    counted = [(link, re.search(r"(?:: |^)(\d+)(?: viewing| film|$)", words)) for link, words in links]
    counted = [(link, int(found[1])) for link, found in counted if found]
    assert len(counted) > 20
    for link, number in counted:
        if re.search(r"/stats/\d+/$", link):
            assert f"<b>{number}</b>" in page(link), link
            continue
        films = set(re.findall(r'<a href="(/films/[^"]+)">', listed := page(link)))
        assert number in {len(ROW.findall(listed)), len(films)}, link


def test_years_that_there_are_and_years_that_there_are_not(cast, seen, client):
    assert "Nothing logged in 1999" in page("/members/ana/stats/1999/")
    assert "Nothing to count yet" in page("/members/fay/stats/")
    next_year = timezone.localdate().year + 1
    for year, status in ((1888, 200), (next_year, 200), (1887, 404), (next_year + 1, 404), (0, 404), (10**30, 404)):
        assert client.get(f"/members/ana/stats/{year}/").status_code == status, year
    for year in ("1887", str(next_year + 1), "soon"):
        refused = Api().get(f"members/ana/stats/?year={year}")
        assert refused.status_code == 400 and refused.json()["year"], year
    actions.change_username(member=cast.ana, username="anna")
    moved = client.get("/members/ana/stats/2024/")
    assert (moved.status_code, moved["Location"]) == (301, "/members/anna/stats/2024/")


def test_what_is_not_shown_counts_nowhere(cast, seen):
    """Bea follows Ana and may know of one of two more films, Fay of none, nor anybody who is signed out."""
    for stars, visibility in ((0.5, "followers"), (1, "private")):
        film = make.film(title=f"Secret {visibility}", runtime_minutes=900 + int(stars), directors=["Nobody Else"])
        make.viewing(member=cast.ana, film=film, watched_on=date(2025, 6, 1), stars=stars, visibility=visibility)
    for viewer, known in ((cast.ana, 2), (cast.bea, 1), (cast.fay, 0), (None, 0)):
        ever = stats(viewer, None)
        assert (2025 in ever["years"]) is bool(known), viewer
        assert (ever["period"]["viewings"], ever["period"]["films"]) == (5 + known, 4 + known), viewer
        assert sum(ever["period"]["histogram"][:2]) == known
        assert stats(viewer, 2025)["period"]["minutes"] == sum((900, 901)[:known])
        for address in ("/members/ana/stats/", "/members/ana/stats/2025/", "/members/ana/diary/?on=2025"):
            text = page(address, viewer)
            assert ("Secret followers" in text or "Secret private" in text) is bool(known), (address, viewer)
            assert ("Secret private" in text) <= (known == 2), (address, viewer)
            assert ("Nobody Else" in text) <= (known == 2), (address, viewer)
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    assert stats(cast.bea)["period"]["viewings"] == 4
    assert Api(as_=cast.fay).get("members/ana/stats/").status_code == 404


def test_a_reader_who_hides_scores_sees_nobody_elses(cast, seen):
    User.objects.filter(username__in=("fay", "ana")).update(hides_scores=True)
    fay, ana = (User.objects.get(username=name) for name in ("fay", "ana"))
    text = page("/members/ana/stats/2024/", fay)
    assert "You hide scores" in text and "March 2024: 2 viewings" in text
    assert not re.search(r"Rated highest|stars on average|where members give|How the ratings fall", text)
    theirs = stats(fay)["period"]
    assert (theirs["histogram"], theirs["average"], theirs["above_members"]) == (None, None, [])
    assert {row["kind"]: row["highest_rated"] for row in theirs["rankings"]}["genre"] == []
    assert all(place["average"] is None for row in theirs["rankings"] for place in row["most_seen"])
    # One's own are one's own; but the mean of a film is covered again once the rating is gone.
    assert [row["film"]["title"] for row in stats(ana)["period"]["above_members"]] == ["Heat"]

    Mark.objects.filter(member=ana, film=seen["Heat"]).update(half_stars=None, rated_at=None)
    assert stats(ana)["period"]["above_members"] == []


def test_a_year_has_a_card_of_what_everybody_may_know(cast, seen, settings, tmp_path, client):
    settings.DATA_DIR = tmp_path

    def card(year: int = 2024) -> str:
        found = re.search(r'og:image" content="[^"]+?(/cards/years/[^"]+)"', page(f"/members/ana/stats/{year}/"))
        return found[1] if found else ""

    first = card()
    answer = client.get(first)
    assert (answer.status_code, answer["Content-Type"], answer.content[:2]) == (200, "image/jpeg", b"\xff\xd8")
    make.viewing(member=cast.ana, film=seen["Tampopo"], watched_on=date(2024, 8, 1), visibility="followers")
    assert card() == first and card(1999) == ""
    assert "/cards/years/" not in page("/members/ana/stats/2024/", cast.bea)  # nor do her figures go into one
    make.viewing(member=cast.ana, film=seen["Tampopo"], watched_on=date(2024, 8, 2))
    assert card() != first and client.get(first)["Location"] == card()
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    assert client.get(first).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_new_line_shows_at_the_very_next_request(cast, seen):
    def told(viewer: User | None) -> list[str]:
        return re.findall(r"<b>(\d+)</b>", page("/members/ana/stats/2024/", viewer))[:2]

    for viewer in (None, cast.ana, cast.fay):
        assert told(viewer) == told(viewer) == ["4", "3"]
    line = make.viewing(member=cast.ana, film=seen["Tampopo"], watched_on=date(2024, 7, 1))
    assert told(None) == told(cast.ana) == told(cast.fay) == ["5", "4"]
    change_viewing(member=cast.ana, viewing=line, watched_on=date(2023, 7, 1), rewatch=False, half_stars=None)
    assert told(None) == told(cast.fay) == ["4", "3"]
    delete_viewing(member=cast.ana, viewing=Viewing.objects.filter(film=seen["Heat"]).first())
    assert told(None) == told(cast.ana) == ["3", "3"]
