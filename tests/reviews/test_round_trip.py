"""A member's copy, brought to another account, is there again."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import call_command

from accounts.actions import save_profile
from accounts.models import User
from films.models import Film
from reviews.actions.aiming import set_goal
from reviews.actions.dismissing import dismiss_film
from reviews.actions.favourites import choose_favourites
from reviews.actions.following import choose_privacy
from reviews.actions.hushing import mute_film
from reviews.actions.importing import choose_rule
from reviews.actions.jotting import keep_note
from reviews.actions.owning import add_copy
from reviews.actions.pinning import pin_review
from reviews.actions.rating import mark_film
from reviews.actions.reviewing import post_review
from reviews.actions.writing import Writing
from reviews.exporters.archive import write_archive
from reviews.imports import dress, says
from reviews.models import FilmList, Import, Mark, OwnedCopy, PrivateNote, Review, SavedSearch
from tests import make
from tests.reviews.imports import archive, bring, take_in, undo

pytestmark = pytest.mark.django_db


def copy_of(member: User) -> bytes:
    file = io.BytesIO()
    write_archive(User.objects.get(pk=member.pk), file, lambda done, of: None)
    return file.getvalue()


def everything(member: User) -> list[Any]:
    marks = Mark.objects.filter(member=member).exclude(watched_at=None, liked_at=None, watchlisted_at=None)
    return [
        list(marks.order_by("film").values_list(
            "film", "half_stars", "rated_at", "watched_at", "liked_at", "watchlisted_at", "visibility")),
        list(member.viewings.order_by("film", "watched_on", "rewatch").values_list(
            "film", "watched_on", "rewatch", "half_stars", "cut", "format", "place", "context_shown", "visibility",
            "tags")),
        list(Review.objects.filter(member=member).order_by("film", "body").values_list(
            "film", "body", "body_html", "half_stars", "spoilers", "tags", "visibility", "viewing__watched_on",
            "published_at", "spoiled_films__film", "comment_policy", "evening")),
        [(one.title, one.description, one.is_ranked, one.tags, one.comment_policy, one.finds, one.most_found,
          list(one.entries.order_by("position").values_list("film", "note", "spoilers")))
         for one in member.lists.order_by("title")],
        [(one.title, one.body, one.body_html, one.spoilers, one.visibility, one.comment_policy, one.published_at,
          [film.pk for film in one.films.order_by("pk")], list(one.people.values_list("pk", flat=True)))
         for one in member.essays.order_by("title")],
        list(member.favourites.values_list("position", "film")),
        list(member.private_notes.order_by("film").values_list("film", "body", "created_at", "updated_at")),
        list(member.owned_copies.order_by("film", "kind", "since", "pk").values_list(
            "film", "kind", "cut", "details", "since", "since_is_year", "lent_to", "lent_on", "created_at",
            "updated_at")),
    ]  # fmt: skip


# What a copy says of the place and the minute where it was made, of people, and of what others are part of.
OF_THE_PLACE = {"id", "url", "slug", "updated_at", "viewing", "pinned_at", "score_seen_at", "rated_blind"}
SAID = {"display_name", "about", "location", "pronouns", "website", "licence"}  # of the profile
NOT_BROUGHT = {"export", "settings", "sessions", "people", "threads", "lists_of_others", "playings"}


def told_by(copy: bytes) -> dict[str, Any]:
    """All of the JSON of a copy but that."""
    with ZipFile(io.BytesIO(copy)) as pack:
        names = [name for name in pack.namelist() if name.startswith("json/")]
        told = {name[5:-5]: json.loads(pack.read(name), object_hook=_plain) for name in names}
    profile = {name: words for name, words in told.pop("profile").items() if name in SAID}
    lists = {name: sorted(rows, key=json.dumps) for name, rows in told.items() if name not in NOT_BROUGHT}
    return {**lists, "profile": profile}


def _plain(one: dict[str, Any]) -> dict[str, Any]:
    begun = {"created_at"} if "published_at" in one else set[str]()  # of a review only the day it was posted comes
    kept = {name: value for name, value in one.items() if name not in OF_THE_PLACE | begun}
    return kept | {"pinned": bool(one["pinned_at"])} if "pinned_at" in one else kept


def differing(made: Import) -> list[Any]:
    rows = list(made.rows.filter(verdict="conflict").order_by("id"))
    dress(made, rows)
    return rows


@pytest.fixture
def member(db: None) -> User:
    """With something of every kind, some of it for few or nobody."""
    member = make.member()
    films = [make.film(title=f"Reel {name}", year=1990 + n) for n, name in enumerate("ABCDEF")]
    make.review(
        member=member, film=films[0], stars=4.5, body=f"It **runs**.\n\n>!It stops.!<{{{films[4].slug}}}",
        tags=("late",), spoilers=True, watched_on=date(2024, 1, 28), rewatch=True,
        cut="directors", place="Odeon", context_shown=True, comment_policy="nobody",
    )  # fmt: skip
    make.viewing(member=member, film=films[0], watched_on=date(2020, 5, 4), stars=3, format="70mm", tags=["early"])
    make.review(member=member, film=films[1], stars=None, body="For nobody’s eyes.", visibility="private")
    make.review(member=member, film=films[1], stars=2, body="Not yet done.", draft=True, tags=("soon",))
    make.review(
        member=member, film=films[5], stars=None, body="Nor this.", draft=True, watched_on=date(2024, 2, 1),
        rewatch=True, place="Rio", comment_policy="followers",
    )  # fmt: skip
    mark_film(member=member, film=films[2], half_stars=1, liked=True, visibility="followers")
    make.mark(member=member, film=films[3], in_watchlist=True)
    make.mark(member=member, film=films[4], watched=True)
    make.viewing(member=member, film=films[1], watched_on=date(2021, 6, 1), context_shown=True)
    shelf = make.film_list(member=member, title="Reels", films=[films[3], films[0]], notes="Mind the *gap*")
    FilmList.objects.filter(pk=shelf.pk).update(is_ranked=True, comment_policy="nobody")
    shelf.entries.filter(position=2).update(spoilers=True)
    choose_favourites(member=member, films=[films[3], films[0]])
    make.film_list(member=member, title="To be filled", visibility="followers")
    make.film_list(member=member, title="Fills itself", finds="from=1990&to=1992&sort=title", most_found=2)
    make.film_list(member=member, title="For friends", films=[films[2]], visibility="link")
    about = {"films": films[:2], "people": [make.person()]}
    make.essay(member=member, title="Reels", body="Of *two*.\n\n>!The end.!<", comment_policy="nobody", **about)
    make.essay(member=member, title="For few", visibility="followers", spoilers=True)
    make.essay(member=member, title="Begun", draft=True, films=films[:1])
    pin_review(member=member, review=member.reviews.get(tags=["late"]))
    mute_film(member=member, film=films[4])
    dismiss_film(member=member, film=films[2])
    set_goal(member=member, year=2024, films=60, visibility="followers")
    save_profile(
        member=member, display_name="Ana", bio="Late shows.\n\nOnly.", location="Atlanta", pronouns="she", website=""
    )
    choose_privacy(member=member, licence="CC-BY-4.0")
    keep_note(member=member, film=films[0], body="Under the *third* step.\n\nThe mirrors.")
    PrivateNote.objects.update(created_at=datetime(2020, 2, 1, tzinfo=UTC), updated_at=datetime(2021, 2, 1, tzinfo=UTC))
    for details in ("Shelf 3", "Shelf 3", ""):
        add_copy(member=member, film=films[0], kind="dvd", cut="extended", details=details, since="2019")
    lent: Any = {"lent_to": "Tom", "lent_on": date(2021, 3, 1)}
    add_copy(member=member, film=films[2], kind="print", since="2020-05-06", **lent)
    OwnedCopy.objects.update(created_at=datetime(2020, 2, 1, tzinfo=UTC), updated_at=datetime(2021, 2, 1, tzinfo=UTC))
    SavedSearch.objects.create(member=member, name="Nineties", query="from=1990&to=1999&length=short")
    return member


def test_what_was_taken_along_is_there_again_and_as_hidden(member: User):
    copy, other = copy_of(member), make.member()
    made = bring(other, {"copy": copy}, name="copy.ZIP")
    assert made.source == "intermission" and not made.rows.exclude(verdict="new").exists()
    licence = made.rows.get(circumstances={"field": "licence"})
    dress(made, [licence])
    assert licence.says == "CC BY 4.0: anybody may use it who names me"  # told before it is given
    take_in(made)
    assert everything(other) == everything(member)
    assert "Odeon" in says(made.rows.get(kind="viewing", rewatch=True))
    assert other.reviews.filter(published_at=None).count() == 2

    assert told_by(copy_of(other)) == told_by(copy)

    again = bring(other, {"copy": copy}, name="copy.ZIP")
    assert not again.rows.exclude(verdict="same").exists()
    undo(made)
    left = told_by(copy_of(other))
    assert not any(words for name, words in left.pop("profile").items() if name in SAID)
    assert not any(left.values())
    assert not any(everything(other))
    assert not other.marks.exists()


def test_a_choice_for_fewer_holds_for_all_of_it(member: User):
    other = make.member()
    take_in(bring(other, {"copy": copy_of(member)}, name="copy.ZIP", visibility="private"))
    assert {one[-1] for one in everything(other)[0]} == {"private"}
    assert not other.favourites.exists()  # everybody who sees the member's page sees these


def test_a_draft_and_favourites_that_are_there_stay_unless_the_rule_says_so(member: User):
    """And what was made of them since stays when the import is undone."""
    other, copy, own = make.member(), copy_of(member), make.film(title="Own", year=2001)
    film = Film.objects.get(title="Reel B")
    make.review(member=other, film=film, stars=None, body="Mine, not done.", draft=True)
    choose_favourites(member=other, films=[own])
    before = everything(other)
    for rule in ("mine", "newer", "theirs"):
        made = bring(other, {"copy": copy}, name="copy.ZIP")
        assert [row.mine for row in differing(made)] == ["Own (2001)", "“Mine, not done.”"]
        choose_rule(member=other, importing=made, rule=rule)
        other.reviews.update(updated_at=datetime(2020, 1, 1, tzinfo=UTC))
        take_in(made)
        assert (other.reviews.get(film=film, published_at=None).body == "Mine, not done.") is (rule == "mine")
        favourites = [one.film.title for one in other.favourites.all()]
        assert favourites == ["Reel D" if rule == "theirs" else "Own", "Reel A"]
        undo(made)
        assert everything(other) == before
    made = bring(other, {"copy": copy}, name="copy.ZIP")
    choose_rule(member=other, importing=made, rule="theirs")
    take_in(made)
    post_review(member=other, film=film, writing=Writing(body="Not yet done.", half_stars=4, tags=("soon",)))
    choose_favourites(member=other, films=[own, Film.objects.get(title="Reel D")])
    undo(made)
    assert other.reviews.get(film=film, body="Not yet done.").published_at is not None
    assert [one.film.title for one in other.favourites.all()] == ["Own", "Reel D"]
    call_command("check_integrity")


def test_odd_records_are_told_and_the_rest_goes_on(member: User):
    film = {"title": "Reel A", "year": 1990}
    files: dict[str, Any] = {
        "export": {"format": "intermission", "version": 1},
        "marks": [{"film": film, "stars": 4, "rated_at": "2020-01-01T00:00:00Z", "visibility": "friends"}, 7,
                  {"film": film, "stars": 77, "rated_at": "x"}, {"film": [], "liked_at": "2020-01-01T00:00:00Z"}],
        "viewings": [{"film": film, "id": 1, "watched_on": "2999-01-01"}],
        "reviews": {"body": "no list"},
        "favourites": [{"film": film, "position": 5}, {"film": film, "position": True}, {"film": film, "position": 1}],
    }  # fmt: skip
    packed = {f"json/{name}.json": json.dumps(content) for name, content in files.items()}
    made = bring(make.member(), {"copy": archive(packed)}, name="copy.ZIP")
    problems = made.rows.order_by("id").values_list("file", "line", "problem")
    assert list(problems) == [
        ("json/favourites.json", 2, "place"), ("json/favourites.json", 3, "place"), ("json/favourites.json", 4, ""),
        ("json/marks.json", 2, ""), ("json/marks.json", 3, "shape"), ("json/marks.json", 4, "stars"),
        ("json/marks.json", 5, "no_title"), ("json/reviews.json", 1, "file"), ("json/viewings.json", 2, "day"),
    ]  # fmt: skip
    assert made.rows.filter(file="json/marks.json").order_by("id")[0].visibility == "private"

    twice = [{"film": film, "body": words} for words in ("One.", "Two.", " \0 ")]
    packed = {"json/export.json": json.dumps(files["export"]), "json/reviews.json": json.dumps(twice)}
    made = bring(make.member(), {"copy": archive(packed)}, name="copy.ZIP")
    choose_rule(member=made.member, importing=made, rule="theirs")
    take_in(made)
    assert made.member.reviews.get().body == "One." and made.left_out == {"json/reviews.json": 1}

    newer = {"json/export.json": json.dumps({"format": "intermission", "version": 2}), "json/marks.json": "[]"}
    assert bring(make.member(), {"copy": archive(newer)}, name="copy.ZIP").rows.get().problem == "file"


def test_an_essay_of_the_same_title_stays_unless_the_rule_says_so(member: User):
    other, copy = make.member(), copy_of(member)
    mine = make.essay(member=other, title="Reels", body="Mine.")
    kept = bring(other, {"copy": copy}, name="copy.ZIP")
    row = next(row for row in differing(kept) if row.kind == "essay")
    assert row.mine == "“Mine.”" and row.says.startswith("“Of *two*.")
    take_in(kept)
    mine.refresh_from_db()
    assert mine.body == "Mine." and other.essays.count() == 3
    undo(kept)
    assert [essay.body for essay in other.essays.all()] == ["Mine."]

    taken = bring(other, {"copy": copy}, name="copy.ZIP")
    choose_rule(member=other, importing=taken, rule="theirs")
    take_in(taken)
    mine.refresh_from_db()
    assert mine.body.startswith("Of *two*.") and mine.films.count() == 2 and mine.version == 2
    undo(taken)
    mine.refresh_from_db()
    assert mine.body == "Mine." and "<p>Mine.</p>" in mine.body_html and mine.version == 3
