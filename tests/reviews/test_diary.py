"""The diary: where and how a film was seen, who sees a line and a mark, and logging without a review."""

from datetime import UTC, date, datetime, timedelta
from html import unescape
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from reviews.actions.diary import change_viewing, delete_viewing, log_viewing
from reviews.actions.rating import mark_film
from reviews.models import Mark, Viewing
from tests import make
from tests.api import program

pytestmark = pytest.mark.django_db
SEEN = {"cut": "directors", "format": "70mm", "place": "The Ritzy, row F"}


@pytest.fixture
def film():
    return make.film(title="Heat", year=1995)


def seen_by(client, viewer, address):
    """What a viewer reads at an address."""
    client.logout()
    if viewer is not None:
        client.force_login(viewer)
    return client.get(address).content.decode()


def test_it_keeps_where_and_how_a_film_was_seen(cast, film):
    viewing = log_viewing(member=cast.ana, film=film, watched_on=date(2024, 1, 28), **SEEN)
    assert (viewing.cut, viewing.format, viewing.place) == ("directors", "70mm", "The Ritzy, row F")
    assert not viewing.context_shown and viewing.visibility == "public"
    change_viewing(
        member=cast.ana, viewing=viewing, watched_on=date(2024, 1, 29), rewatch=True, half_stars=9, place=" At home "
    )
    viewing.refresh_from_db()
    assert (viewing.cut, viewing.place, viewing.rewatch) == ("directors", "At home", True)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"cut": "longest"}, "cut"), ({"format": "vhs"}, "format"), ({"place": "x" * 81}, "place"),
                         ({"visibility": "nobody"}, "visibility")],
)  # fmt: skip
def test_it_refuses_circumstances_that_there_are_not(cast, film, wrong, field):
    with pytest.raises(ValidationError) as refusal:
        log_viewing(member=cast.ana, film=film, watched_on=date(2024, 1, 28), **wrong)
    assert list(refusal.value.message_dict) == [field]
    assert not Viewing.objects.exists()


def test_nobody_changes_somebody_elses_diary(cast, film):
    viewing = make.viewing(member=cast.ana, film=film)
    with pytest.raises(PermissionDenied):
        change_viewing(member=cast.bea, viewing=viewing, watched_on=viewing.watched_on, rewatch=False, half_stars=None)
    with pytest.raises(PermissionDenied):
        delete_viewing(member=cast.bea, viewing=viewing)


def test_where_and_how_is_for_the_members_own_eyes_unless_shown(cast, film, client):
    viewing = make.viewing(member=cast.ana, film=film, **SEEN)
    address = f"/members/{cast.ana.username}/diary/"
    assert "The Ritzy" in seen_by(client, cast.ana, address)
    for viewer in (cast.bea, cast.fay, None):
        page = seen_by(client, viewer, address)
        assert "Heat" in page and "Ritzy" not in page and "70 mm" not in page
    Viewing.objects.filter(pk=viewing.pk).update(context_shown=True)
    assert "The Ritzy" in seen_by(client, None, address) and "70 mm" in seen_by(client, None, address)


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [("public", {"ana", "bea", "fay", None}), ("followers", {"ana", "bea"}), ("private", {"ana"})],
)
def test_a_line_is_seen_by_whom_it_is_for(cast, film, client, visibility, readers):
    make.viewing(member=cast.ana, film=film, stars=4.5, visibility=visibility)
    for place in ("diary/", "ratings/", "films/", ""):
        for name in ("ana", "bea", "fay", None):
            viewer = getattr(cast, name) if name else None
            page = seen_by(client, viewer, f"/members/{cast.ana.username}/{place}")
            assert ("Heat" in page) is (name in readers), (place, name)
    friends = seen_by(client, cast.bea, film.get_absolute_url())
    assert (f'href="/members/{cast.ana.username}/"' in friends) is ("bea" in readers)


@pytest.mark.parametrize("visibility", ["followers", "private"])
def test_numbers_count_what_their_reader_may_know(cast, film, client, visibility):
    make.mark(member=cast.ana, film=make.film(title="Ronin"), stars=3)
    mark_film(member=cast.ana, film=film, half_stars=10, liked=True, visibility=visibility)
    for viewer, watched in ((cast.ana, 2), (cast.bea, 2 if visibility == "followers" else 1), (cast.fay, 1)):
        stats = program(viewer).get(f"/api/v1/members/{cast.ana.username}/stats/").json()
        assert (stats["watched"], stats["rated"], stats["liked"]) == (watched, watched, watched - 1), viewer


def test_a_rating_that_others_do_not_see_counts_for_the_film(cast, film):
    mark_film(member=cast.ana, film=film, half_stars=10, visibility="private")
    film.refresh_from_db()
    assert (film.rating_count, film.rating_sum) == (1, 10)


def test_a_private_review_of_a_film_of_which_nothing_was_said_leaves_a_private_mark(cast, film):
    make.review(member=cast.ana, film=film, visibility="private", watched_on=date(2024, 1, 28))
    mark, viewing = Mark.objects.get(film=film), Viewing.objects.get(film=film)
    assert (mark.visibility, viewing.visibility) == ("private", "private")


def test_a_private_review_leaves_a_mark_that_was_there_as_it_is(cast, film):
    make.mark(member=cast.ana, film=film, liked=True)
    make.review(member=cast.ana, film=film, visibility="private", watched_on=date(2024, 1, 28))
    assert (Mark.objects.get().visibility, Viewing.objects.get().visibility) == ("public", "private")


def test_a_review_that_is_opened_to_all_opens_its_line(cast, film, client):
    review = make.review(member=cast.ana, film=film, visibility="private", watched_on=date(2024, 1, 28))
    client.force_login(cast.ana)
    form = {"body": review.body, "visibility": "public", "watched_on": "2024-01-28", "place": "Home", "version": "1"}
    assert client.post(f"/reviews/{review.pk}/edit/", form).status_code == 302
    viewing = Viewing.objects.get()
    assert (viewing.visibility, viewing.place, viewing.context_shown) == ("public", "Home", False)


def test_a_member_logs_a_film_without_a_word(cast, film, client):
    client.force_login(cast.ana)
    page = client.get("/films/heat-1995/log/").content.decode()
    assert timezone.localdate().isoformat() in page and "Log it" in page
    sent = {"watched_on": "2024-01-28", "stars": "4.5", "rewatch": "on", "visibility": "followers", **SEEN}
    answer = client.post("/films/heat-1995/log/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/films/heat-1995/#you")
    viewing = Viewing.objects.get()
    assert (viewing.half_stars, viewing.rewatch, viewing.place) == (9, True, "The Ritzy, row F")
    assert Mark.objects.get().visibility == "followers"
    again = client.post("/films/heat-1995/log/", sent | {"watched_on": "2024-02-01"})
    assert again.status_code == 302 and Viewing.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"watched_on": ""}, "Give the day on which you saw the film."),
        ({"watched_on": "yesterday"}, "Write the day as year-month-day"),
        ({"watched_on": (date.today() + timedelta(days=3)).isoformat()}, "That day has not come yet."),
        ({"watched_on": "2024-01-28", "cut": "longest"}, "Choose a cut."),
        ({"watched_on": "2024-01-28", "stars": "7"}, "Give between half a star and five stars"),
    ],
)
def test_a_wrong_line_comes_back_with_what_to_do(cast, film, client, sent, sentence):
    client.force_login(cast.ana)
    answer = client.post("/films/heat-1995/log/", {"visibility": "public", "place": "The Ritzy", **sent})
    assert answer.status_code == 422 and not Viewing.objects.exists()
    assert sentence in answer.content.decode() and "The Ritzy" in answer.content.decode()
    assert not answer.context["form"].non_field_errors(), "It stands beside the field that it speaks of."


@pytest.mark.parametrize(
    ("says", "day", "status"),
    [
        ({}, 30, 302), ({}, 1, 422),
        ({"today": "2026-12-01"}, 1, 302), ({"today": "2026-12-01"}, 2, 422),
        ({"today": "2026-12-02"}, 2, 422), ({"today": "x"}, 1, 422),
    ],
)  # fmt: skip
def test_a_day_begins_where_the_member_is(cast, film, client, says, day, status):
    watched_on = date(2026, 11 if day == 30 else 12, day).isoformat()
    client.force_login(cast.ana)
    said = {"watched_on": watched_on, "visibility": "public", **says}
    with mock.patch("django.utils.timezone.now", return_value=datetime(2026, 11, 30, 20, tzinfo=UTC)):
        assert client.post("/films/heat-1995/log/", said).status_code == status
        assert client.post("/films/heat-1995/review/", said | {"body": "Rain."}).status_code == status
        line = program(cast.bea).post("diary/", {"film": film.slug, "watched_on": watched_on})
        assert line.status_code == (400 if day == 2 else 201), "A program is believed where the day has begun anywhere."
    assert Viewing.objects.filter(member=cast.ana).count() == (2 if status == 302 else 0)


def test_a_member_corrects_a_line_and_takes_it_out(cast, film, client):
    viewing = make.viewing(member=cast.ana, film=film, stars=3, **SEEN)
    client.force_login(cast.ana)
    page = client.get(f"/diary/{viewing.pk}/edit/").content.decode()
    assert "The Ritzy, row F" in page and "2024-01-28" in page
    sent = {"watched_on": "2024-01-27", "visibility": "private", "stars": "3.5", "place": ""}
    assert client.post(f"/diary/{viewing.pk}/edit/", sent).status_code == 302
    viewing.refresh_from_db()
    assert (viewing.watched_on, viewing.visibility, viewing.place) == (date(2024, 1, 27), "private", "")
    assert Mark.objects.get().half_stars == 7
    assert client.post(f"/diary/{viewing.pk}/deletion/").status_code == 302
    assert not Viewing.objects.exists() and Mark.objects.get().half_stars == 7


def test_a_line_with_a_review_is_corrected_with_it(cast, film, client):
    review = make.review(member=cast.ana, film=film, watched_on=date(2024, 1, 28))
    client.force_login(cast.ana)
    answer = client.get(f"/diary/{review.viewing_id}/edit/")
    assert answer["Location"] == f"/reviews/{review.pk}/edit/"


def test_others_find_no_line_to_correct(cast, film, client):
    viewing = make.viewing(member=cast.ana, film=film)
    client.force_login(cast.fay)
    for act in ("edit", "deletion"):
        assert client.get(f"/diary/{viewing.pk}/{act}/").status_code == 404
        assert client.post(f"/diary/{viewing.pk}/{act}/").status_code == 404


def test_a_member_says_who_sees_a_mark(cast, film, client):
    make.mark(member=cast.ana, film=film, stars=4)
    client.force_login(cast.ana)
    assert client.post("/films/heat-1995/mark/", {"visibility": "private"}).status_code == 302
    mark = Mark.objects.get()
    assert (mark.visibility, mark.half_stars) == ("private", 8)
    client.post("/films/heat-1995/mark/", {"visibility": "nobody"})
    mark.refresh_from_db()
    assert mark.visibility == "private"


def test_programs_say_who_sees_a_mark_and_where_a_film_was_seen(cast, film):
    ana, fay = program(cast.ana), program(cast.fay)
    assert ana.patch("/api/v1/films/heat-1995/me/", {"stars": 4, "visibility": "followers"}).json() == {
        "stars": 4.0, "held": False, "watched": True, "liked": False, "in_watchlist": False, "visibility": "followers",
        "owned": False,
    }  # fmt: skip
    made = ana.post("/api/v1/diary/", line := {"film": "heat-1995", "watched_on": "2024-01-28", **SEEN}).json()
    assert {name: made[name] for name in SEEN} == SEEN and made["context_shown"] is False
    (shown,) = fay.get(f"/api/v1/members/{cast.ana.username}/diary/").json()["results"]
    assert {name: shown[name] for name in SEEN} == dict.fromkeys(SEEN, "")
    ana.patch(f"/api/v1/diary/{made['id']}/", {"context_shown": True})
    (shown,) = fay.get(f"/api/v1/members/{cast.ana.username}/diary/").json()["results"]
    assert {name: shown[name] for name in SEEN} == SEEN
    ana.patch(f"/api/v1/diary/{made['id']}/", {"visibility": "private"})
    assert fay.get(f"/api/v1/members/{cast.ana.username}/diary/").json()["results"] == []
    assert ana.post("/api/v1/diary/", line | {"format": "vhs"}).status_code == 400


def test_a_private_account_shows_its_films_to_followers_only(cast, film, client):
    make.viewing(member=cast.ana, film=film, stars=5)
    User.objects.filter(pk=cast.ana.pk).update(is_private=True)
    for place in ("", "diary/", "films/", "ratings/", "likes/", "watchlist/", "reviews/"):
        address = f"/members/{cast.ana.username}/{place}"
        for viewer in (cast.fay, None):
            assert "Heat" not in seen_by(client, viewer, address), place
            assert client.get(address).status_code == (404 if place else 200)
        assert ("Heat" in seen_by(client, cast.bea, address)) is (place in {"", "diary/", "films/", "ratings/"}), place
    assert program(cast.fay).get(f"/api/v1/members/{cast.ana.username}/stats/").status_code == 404


def test_a_diary_says_how_many_films_have_no_date(cast, film, client):
    make.viewing(member=cast.ana, film=film)
    make.mark(member=cast.ana, film=make.film(title="Ronin"), watched=True)
    mark_film(member=cast.ana, film=make.film(title="Drive"), watched=True, visibility="private")
    assert "2 films are seen without a date" in seen_by(client, cast.ana, "/members/ana/diary/")
    assert "One film is seen without a date" in seen_by(client, None, "/members/ana/diary/")
    films = seen_by(client, None, "/members/ana/films/")
    assert "Ronin" in films and "Heat" in films and "Drive" not in films


def test_a_part_of_it_is_asked_for_by_the_address_and_nonsense_is_told(cast, client):
    heat, ronin = (
        make.film(title=title, year=year, directors=[by], genres=["Crime"], cast=[("Robert De Niro", "")])
        for title, year, by in (("Heat", 1995, "Michael Mann"), ("Ronin", 1998, "John Frankenheimer"))
    )
    make.viewing(member=cast.ana, film=heat, watched_on=date(2024, 3, 5), stars=5, rewatch=True)
    make.viewing(member=cast.ana, film=ronin, watched_on=date(2023, 3, 31), stars=4)
    diary = f"/members/{cast.ana.username}/diary/"
    for query, films, said in (
        (
            "on=2024-03&director=michael-mann&stars=5&again=1",
            "H",
            "directed by Michael Mann, 5 stars, seen before.",
        ),
        ("on=2023-03-31&genre=crime&actor=robert-de-niro", "R", "31 March 2023, Crime, with Robert De Niro"),
        ("decade=1990s", "HR", "Only: 1990s."),
        ("on=1999", "", "Only: 1999. There is nothing of that here."),
        ("on=2024-13", "HR", "is not a year, a month or a day"),
        ("on=2024-02-30", "HR", "is not a year, a month or a day"),
        ("genre=crime&director=nobody-at-all", "HR", "No film here has the person “nobody-at-all”"),
        ("on=2024&decade=soon", "H", "is not a year of films"),
    ):
        page = unescape(seen_by(client, None, f"{diary}?{query}"))
        assert "".join(name[0] for name in ("Heat", "Ronin") if f">{name}</a>" in page) == films, query
        assert said in page, query
    for kind in ("films", "ratings"):
        page = seen_by(client, None, f"/members/{cast.ana.username}/{kind}/?director=michael-mann&on=1999")
        assert ">Heat</a>" in page and ">Ronin</a>" not in page
    User.objects.filter(pk=cast.fay.pk).update(hides_scores=True)  # nor does she look for others' stars
    assert ">Ronin</a>" in seen_by(client, User.objects.get(pk=cast.fay.pk), f"{diary}?stars=5")


def test_ones_own_watchlist_leads_to_the_filters_and_anybodys_has_parts(cast, client):
    for title, year in (("Heat", 1995), ("Brazil", 1985)):
        make.mark(member=cast.ana, film=make.film(title=title, year=year), in_watchlist=True)
    link = "/films/?yours=watchlist"
    part = client.get("/members/ana/watchlist/?decade=1990s").text
    assert "Only: 1990s." in part and "Heat" in part and "Brazil" not in part and link not in part
    client.force_login(cast.ana)
    assert f'href="{link}"' in client.get("/members/ana/watchlist/").text
    found = client.get(f"{link}&sort=oldest").text
    assert found.index("Brazil") < found.index("Heat")
