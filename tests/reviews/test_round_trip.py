"""A member's copy, brought to another account, is there again."""

import io
import json
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from reviews.actions.rating import mark_film
from reviews.exporters.archive import write_archive
from reviews.models import FilmList, Mark, Review
from tests import make
from tests.reviews.imports import archive, bring, take_in, undo

pytestmark = pytest.mark.django_db


def copy_of(member: User) -> bytes:
    file = io.BytesIO()
    write_archive(member, file, lambda done, of: None)
    return file.getvalue()


def everything(member: User) -> list[Any]:
    marks = Mark.objects.filter(member=member).exclude(watched_at=None, liked_at=None, watchlisted_at=None)
    return [
        list(marks.order_by("film").values_list(
            "film", "half_stars", "rated_at", "watched_at", "liked_at", "watchlisted_at", "visibility")),
        list(member.viewings.order_by("film", "watched_on", "rewatch").values_list(
            "film", "watched_on", "rewatch", "half_stars", "visibility")),
        list(Review.objects.published().filter(member=member).order_by("film", "body").values_list(
            "film", "body", "body_html", "half_stars", "spoilers", "tags", "visibility", "viewing__watched_on")),
        [(one.title, one.description, one.is_ranked, one.tags,
          list(one.entries.order_by("position").values_list("film", "note"))) for one in member.lists.order_by("pk")],
    ]  # fmt: skip


@pytest.fixture
def member(db: None) -> User:
    """With something of every kind, some of it for few or nobody."""
    member = make.member()
    films = [make.film(title=f"Reel {name}", year=1990 + n) for n, name in enumerate(("A", "B", "C", "D", "E"))]
    make.review(
        member=member, film=films[0], stars=4.5, body="It **runs**.\n\n>!It stops.!<", tags=("late",), spoilers=True,
        watched_on=date(2024, 1, 28), rewatch=True,
    )  # fmt: skip
    make.viewing(member=member, film=films[0], watched_on=date(2020, 5, 4), stars=3)
    make.review(member=member, film=films[1], stars=None, body="For nobody’s eyes.", visibility="private")
    make.review(member=member, film=films[1], stars=None, body="Not yet done.", draft=True)
    mark_film(member=member, film=films[2], half_stars=1, liked=True, visibility="followers")
    make.mark(member=member, film=films[3], in_watchlist=True)
    make.mark(member=member, film=films[4], watched=True)
    shelf = make.film_list(member=member, title="Reels", films=[films[3], films[0]], notes="Mind the *gap*")
    FilmList.objects.filter(pk=shelf.pk).update(is_ranked=True)
    return member


def test_what_was_taken_along_is_there_again_and_as_hidden(member: User):
    copy, other = copy_of(member), make.member()
    made = bring(other, {"copy": copy}, name="copy.ZIP")
    assert made.source == "intermission" and not made.rows.exclude(verdict="new").exists()
    take_in(made)
    assert everything(other) == everything(member)
    assert made.left_out["json/reviews.json"] == 1  # the draft

    again = bring(other, {"copy": copy}, name="copy.ZIP")
    assert not again.rows.exclude(verdict="same").exists()
    undo(made)
    assert everything(other) == [[], [], [], []]


def test_a_choice_for_fewer_holds_for_all_of_it(member: User):
    other = make.member()
    take_in(bring(other, {"copy": copy_of(member)}, name="copy.ZIP", visibility="private"))
    assert {one[-1] for one in everything(other)[0]} == {"private"}


def test_odd_records_are_told_and_the_rest_goes_on(member: User):
    film = {"title": "Reel A", "year": 1990}
    files: dict[str, Any] = {
        "export": {"format": "intermission", "version": 1},
        "marks": [{"film": film, "stars": 4, "rated_at": "2020-01-01T00:00:00Z", "visibility": "friends"}, 7,
                  {"film": film, "stars": 77, "rated_at": "x"}, {"film": [], "liked_at": "2020-01-01T00:00:00Z"}],
        "viewings": [{"film": film, "id": 1, "watched_on": "2999-01-01"}],
        "reviews": {"body": "no list"},
    }  # fmt: skip
    packed = {f"json/{name}.json": json.dumps(content) for name, content in files.items()}
    made = bring(make.member(), {"copy": archive(packed)}, name="copy.ZIP")
    problems = made.rows.order_by("id").values_list("file", "line", "problem")
    assert list(problems) == [
        ("json/marks.json", 2, ""), ("json/marks.json", 3, "shape"), ("json/marks.json", 4, "stars"),
        ("json/marks.json", 5, "no_title"), ("json/reviews.json", 1, "file"), ("json/viewings.json", 2, "day"),
    ]  # fmt: skip
    assert made.rows.order_by("id")[0].visibility == "private"

    newer = {"json/export.json": json.dumps({"format": "intermission", "version": 2}), "json/marks.json": "[]"}
    assert bring(make.member(), {"copy": archive(newer)}, name="copy.ZIP").rows.get().problem == "file"
