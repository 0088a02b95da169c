"""Open data: whose words and ratings are in it, and what a line of each file says."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Licence, User
from films.models import FilmId
from reviews.actions.departing import delete_account
from reviews.actions.following import choose_privacy
from reviews.actions.listing import Details, change_list, clone_list
from reviews.actions.moderating import suspend
from reviews.models import Essay, Incident, Mark, Review
from reviews.open_data import FIELDS
from tests import make, staff
from tests.cast import Cast
from tests.open_data import lines

pytestmark = pytest.mark.django_db


def licensed(licence: str = Licence.BY, **about: Any) -> User:
    return make.member(licence=licence, **about)


def test_a_line_of_each_file_has_what_the_page_says():
    film = make.film(title="Baby Driver", year=2017)
    FilmId.objects.create(film=film, source="imdb", value="tt3890160")
    FilmId.objects.create(film=film, source="wikidata", value="Q25136484")
    ana = licensed(username="ana", display_name="Ana")
    body = 'She says: "loud"\n\n\\*Quick\\* >!Buddy falls.!< \t„ä“ \U0001f39e'
    review = make.review(member=ana, film=film, body=body, stars=4.5, tags=("chase",), spoilers=True)
    shelf = make.film_list(member=ana, title="Get\\aways", films=[film], notes="Mind the *clutch*")
    edgar = make.person(name="Edgar Wright")
    essay = make.essay(member=ana, title="Cars\\sing", body=body, films=[film], people=[edgar], spoilers=True)
    Review.objects.update(published_at=datetime(2026, 11, 3, tzinfo=UTC))
    Essay.objects.update(published_at=datetime(2026, 11, 4, tzinfo=UTC))
    Mark.objects.update(rated_at=datetime(2026, 10, 31, 23, 59, tzinfo=UTC))
    shelf.refresh_from_db()

    for kind, fields in FIELDS.items():
        assert [tuple(line) for line in lines(kind)] == [fields]
    assert lines("films") == [{
        "slug": "baby-driver-2017", "title": "Baby Driver", "year": 2017, "imdb": "tt3890160", "tmdb": None,
        "wikidata": "Q25136484", "ratings": 1, "stars": 4.5, "histogram": [0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
    }]  # fmt: skip
    [rating] = lines("ratings")
    assert len(rating.pop("rater")) == 36
    assert rating == {"film": "baby-driver-2017", "stars": 4.5, "month": "2026-10"}
    assert lines("reviews") == [{
        "id": review.pk, "url": f"http://127.0.0.1:8000/reviews/{review.pk}/", "film": "baby-driver-2017", "by": "ana",
        "name": "Ana", "licence": "CC-BY-4.0", "stars": 4.5, "body": body, "spoilers": True, "tags": ["chase"],
        "month": "2026-11",
    }]  # fmt: skip
    make.film_list(member=shelf.member, title="Fills itself", finds="from=2010", most_found=5)
    [told] = lines("lists")
    assert told.pop("month") == f"{shelf.created_at:%Y-%m}"
    assert told == {
        "id": shelf.pk, "url": f"http://127.0.0.1:8000/lists/{shelf.pk}/", "by": "ana", "name": "Ana",
        "licence": "CC-BY-4.0", "title": "Get\\aways", "description": "", "ranked": False, "tags": [],
        "films": [{"film": "baby-driver-2017", "note": "Mind the *clutch*", "spoilers": False}],
    }  # fmt: skip
    assert lines("essays") == [{
        "id": essay.pk, "url": f"http://127.0.0.1:8000/essays/{essay.pk}/", "by": "ana", "name": "Ana",
        "licence": "CC-BY-4.0", "title": "Cars\\sing", "body": body, "spoilers": True, "month": "2026-11",
        "films": ["baby-driver-2017"], "people": [edgar.slug],
    }]  # fmt: skip


SEEN_BY_NOBODY = ("of a private account", "for followers", "of a suspended member", "of a deleted account", "removed")


@pytest.mark.parametrize("kind", SEEN_BY_NOBODY)
def test_what_a_visitor_may_not_see_is_in_no_file(kind: str):
    film = make.film(title="Baby Driver", year=2017)
    member = licensed(is_private=kind == "of a private account")
    seen_by = {"visibility": "followers"} if kind == "for followers" else {}
    make.review(member=member, film=film, body="Not for you", stars=4, **seen_by)
    Mark.objects.update(**seen_by)
    make.film_list(member=member, title="Not for you", films=[film], **seen_by)
    make.essay(member=member, title="Not for you", films=[film], **seen_by)
    if kind == "of a suspended member":
        suspend(moderator=staff.moderator(), member=member, rule="spam", reason="Spam")
    elif kind == "of a deleted account":
        delete_account(member=member)
    elif kind == "removed":
        Review.objects.update(removed_at=timezone.now(), removal_reason="Spam")
        for texts in (member.lists, member.essays):
            texts.update(removed_at=timezone.now(), removal_reason="Spam")
    assert lines("reviews") == lines("lists") == lines("essays") == []
    assert len(lines("ratings")) == (1 if kind == "removed" else 0)
    make.review(member=member, film=film, body="A draft", draft=True)
    make.essay(member=member, title="A draft", draft=True)
    assert lines("reviews") == lines("essays") == []


def test_words_are_in_it_by_the_licence_of_their_writer_alone(cast: Cast):
    film = make.film()
    review = make.review(member=cast.ana, film=film, stars=3)
    make.film_list(member=cast.ana, films=[film])
    on_two = make.film(title="Heat", year=1995)
    make.essay(member=cast.ana, films=[film, on_two])
    assert lines("reviews") == lines("lists") == lines("essays") == [] and len(lines("ratings")) == 1
    assert [line["slug"] for line in lines("films")] == [film.slug]
    choose_privacy(member=cast.ana, licence="CC0-1.0")
    words = [*lines("reviews"), *lines("lists"), *lines("essays")]
    assert [line["licence"] for line in words] == ["CC0-1.0", "CC0-1.0", "CC0-1.0"]
    assert {line["slug"] for line in lines("films")} == {film.slug, on_two.slug}
    assert [line["id"] for line in lines("reviews")] == [review.pk]
    choose_privacy(member=cast.ana, licence="")
    assert lines("reviews") == lines("lists") == lines("essays") == []


def test_whoever_keeps_their_ratings_out_has_stars_in_no_file_and_neither_has_what_an_incident_holds():
    film = make.film()
    kept_out, held = licensed(opens_ratings=False), licensed()
    for member in (kept_out, held):
        make.review(member=member, film=film, stars=5)
    incident = Incident.objects.create(film=film, began_at=timezone.now())
    Mark.objects.filter(member=held).update(incident=incident)
    assert lines("ratings") == []
    assert [line["stars"] for line in lines("reviews")] == [None, None]


def test_what_others_wrote_on_a_list_is_not_given_away_with_it(cast: Cast):
    film = make.film()
    source = make.film_list(member=cast.bea, title="Hers", description="Her words", films=[film], notes="Her note")
    copy = clone_list(member=cast.ana, film_list=source)
    choose_privacy(member=cast.ana, licence="CC0-1.0")
    change_list(member=cast.ana, film_list=copy, details=Details(title="Mine", description="Her words"))
    [told] = lines("lists")
    assert (told["description"], told["films"][0]["note"]) == ("", "")
    source.delete()
    assert lines("lists")[0]["description"] == ""
    change_list(member=cast.ana, film_list=copy, details=Details(title="Mine", description="My own words"))
    assert lines("lists")[0]["description"] == "My own words"


def test_names_of_raters_are_drawn_each_time_and_so_is_their_order():
    films = [make.film(title=f"Reel {n}") for n in range(3)]
    for member in [make.member() for _n in range(12)]:
        for film in films:
            make.mark(member=member, film=film, stars=3)
    first, second = lines("ratings"), lines("ratings")
    names = [list(dict.fromkeys(line["rater"] for line in told)) for told in (first, second)]
    assert [len(some) for some in names] == [12, 12] and not set(names[0]) & set(names[1])
    assert all(some == sorted(some) for some in names) and len(first) == 36
    for name in names[0]:
        assert len({line["film"] for line in first if line["rater"] == name}) == 3


def test_films_of_which_nobody_said_anything_are_not_in_it():
    make.film(title="Alone")
    rated, reviewed, listed = (make.film(title=title) for title in ("Rated", "Reviewed", "Listed"))
    member = licensed()
    make.mark(member=make.member(), film=rated, stars=2)
    make.review(member=member, film=reviewed, stars=None)
    make.film_list(member=member, films=[listed])
    assert [line["title"] for line in lines("films")] == ["Rated", "Reviewed", "Listed"]
