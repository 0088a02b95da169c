"""An import is read, looked at, taken in, and undone: what was before is there again."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from films.models import AlternativeTitle, Film, FilmId
from films.search import refresh_search
from reviews.actions.importing import choose_for_row, choose_rule, name_film
from reviews.actions.rating import mark_film
from reviews.jobs import match_waiting_rows
from reviews.models import Activity, FilmList, Import, ImportRow, Mark, Notification, Review, Viewing
from tests import make
from tests.cast import Cast
from tests.reviews.imports import bring, take_in, undo

pytestmark = pytest.mark.django_db
HEAD = "Date,Name,Year,Letterboxd URI"
LETTERBOXD = {
    "watched.csv": f"{HEAD}\n2020-01-01,Drive,2011,https://boxd.it/a\n2020-01-02,Heat,1995,https://boxd.it/b\n"
    "2020-01-02,Crash,2004,x\n2020-01-03,Never Made,1999,x\n",
    "ratings.csv": f"{HEAD},Rating\n2021-05-05,Drive,2011,https://boxd.it/a,4.5\n2021-05-05,Heat,1995,x,5\n"
    "2021-05-05,Heat,1995,x,7\n",
    "diary.csv": f"{HEAD},Rating,Rewatch,Tags,Watched Date\n2020-02-02,Drive,2011,x,4,,,2020-02-01\n"
    "2021-05-05,Drive,2011,x,4.5,Yes,\"late, cinema\",2021-05-04\n2021-05-05,Drive,2011,x,4.5,Yes,,2021-05-04\n",
    "reviews.csv": f"{HEAD},Rating,Rewatch,Review,Tags,Watched Date\n2021-05-05,Drive,2011,x,4.5,Yes,"
    "\"<i>Quiet</i> until it is not.\n\nI <3 it * <script>alert(1)</script> @ana\",late,2021-05-04\n",
    "watchlist.csv": f"{HEAD}\n2022-01-01,Amélie,2001,x\n",
    "likes/films.csv": f"{HEAD}\n2022-01-01,Drive,2011,x\n",
    "lists/cars.csv": "Letterboxd list export v7\n"
    "Date,Name,Tags,URL,Description\n"
    "2022-01-01,Cars,wheels,x,\"All\n\nof them\"\n\nPosition,Name,Year,URL,Description\n"
    "1,Drive,2011,x,The jacket\n2,Heat,1995,x,\n",
    "comments.csv": "Date,Content,Comment\n2020-01-01,x,Nice\n",
    "deleted/diary.csv": f"{HEAD},Rating,Rewatch,Tags,Watched Date\n2020-02-02,Heat,1995,x,1,,,2020-02-01\n",
}  # fmt: skip


@pytest.fixture
def films(db: None) -> dict[str, Any]:
    made = {name: make.film(title=name, year=year) for name, year in (("Drive", 2011), ("Heat", 1995))}
    made["Amelie"] = make.film(title="Amelie from Montmartre", year=2001)
    AlternativeTitle.objects.create(film=made["Amelie"], title="Amélie")
    make.film(title="Crash", year=2004, directors=["Paul Haggis"])
    make.film(title="Crash", year=2004, directors=["Somebody Else"])
    refresh_search(made.values())
    return made


def everything(member: Any) -> list[Any]:
    return [
        list(Mark.objects.filter(member=member).order_by("film").values_list(
            "film", "half_stars", "rated_at", "watched_at", "liked_at", "watchlisted_at", "visibility")),
        list(member.viewings.order_by("id").values_list("film", "watched_on", "rewatch", "half_stars")),
        list(member.reviews.order_by("id").values_list("film", "body", "half_stars", "visibility")),
        list(member.lists.order_by("id").values_list("title", "film_count", "visibility")),
    ]  # fmt: skip


def verdicts(made: Import) -> dict[str, int]:
    rows = made.rows.values_list("verdict", flat=True)
    return {str(one): list(rows).count(one) for one in set(rows)}


def test_a_letterboxd_export_comes_in_whole_and_goes_again(cast: Cast, films: dict[str, Any]):
    mark_film(member=cast.ana, film=films["Heat"], half_stars=6)
    before, told = everything(cast.ana), Notification.objects.count()
    lines = Activity.objects.count()
    made = bring(cast.ana, LETTERBOXD, visibility="followers")
    assert made.state == "ready" and made.file is None
    assert made.left_out == {"comments.csv": 1, "deleted/diary.csv": 1}
    assert verdicts(made) == {"new": 10, "same": 1, "conflict": 1, "ambiguous": 1, "unknown": 1, "unreadable": 1}
    assert made.rows.get(verdict="unreadable").line == 4
    assert everything(cast.ana) == before

    take_in(made)
    assert made.state == "done"
    drive = Mark.objects.get(member=cast.ana, film=films["Drive"])
    assert (drive.half_stars, drive.is_liked, drive.visibility) == (9, True, "followers")
    assert drive.rated_at.date() == date(2021, 5, 5)  # type: ignore[union-attr]  # it has one, or this fails
    assert Mark.objects.get(member=cast.ana, film=films["Heat"]).half_stars == 6  # a conflict keeps mine
    assert Mark.objects.get(member=cast.ana, film=films["Amelie"]).is_in_watchlist
    assert [str(v.watched_on) for v in cast.ana.viewings.order_by("id")] == ["2020-02-01", "2021-05-04", "2021-05-04"]
    review = Review.objects.get(member=cast.ana)
    assert review.body == "*Quiet* until it is not.\n\nI \\<3 it \\* @ana"
    assert review.viewing.rewatch and review.published_at.date() == date(2021, 5, 5)  # type: ignore[union-attr]  # it has one, or this fails
    assert "<script" not in review.body_html and "<em>Quiet</em>" in review.body_html
    cars = FilmList.objects.get(member=cast.ana)
    assert (cars.visibility, cars.film_count, cars.tags) == ("private", 2, ["wheels"])
    assert cars.entries.get(position=1).note == "The jacket"
    assert (Activity.objects.count(), Notification.objects.count()) == (lines, told)
    call_command("check_integrity")

    after = everything(cast.ana)
    again = bring(cast.ana, LETTERBOXD)
    assert "new" not in verdicts(again)
    take_in(again)
    assert everything(cast.ana) == after
    undo(again)
    assert everything(cast.ana) == after
    undo(made)
    assert everything(cast.ana) == before
    call_command("check_integrity")


def test_undoing_leaves_what_was_changed_since(cast: Cast, films: dict[str, Any]):
    made = take_in(bring(cast.ana, LETTERBOXD))
    mark_film(member=cast.ana, film=films["Drive"], half_stars=2)
    make.comment(member=cast.bea, review=Review.objects.get(member=cast.ana))
    undo(made)
    assert [(m.film, m.half_stars, m.is_liked) for m in cast.ana.marks.all()] == [(films["Drive"], 2, False)]
    assert {change.kind for change in made.changes.exclude(kept_at=None)} == {"mark", "review"}
    assert Review.objects.get(member=cast.ana).comment_count == 1
    call_command("check_integrity")


@pytest.mark.parametrize(("rule", "stars"), [("mine", 6), ("theirs", 10), ("newer", 6)])
def test_conflicts_follow_the_rule_unless_a_row_says_otherwise(
    cast: Cast, films: dict[str, Any], rule: str, stars: int
):
    for film in (films["Heat"], films["Drive"]):
        mark_film(member=cast.ana, film=film, half_stars=6)
    made = bring(cast.ana, LETTERBOXD)
    choose_rule(member=cast.ana, importing=made, rule=rule)
    choose_for_row(member=cast.ana, row=made.rows.get(kind="rating", title="Drive"), choice="theirs")
    take_in(made)
    assert Mark.objects.get(member=cast.ana, film=films["Heat"]).half_stars == stars
    assert Mark.objects.get(member=cast.ana, film=films["Drive"]).half_stars == 9


def test_rows_wait_for_their_film(cast: Cast, films: dict[str, Any]):
    """What nobody knows is taken in when the catalogue gets it; what is ambiguous when its member says which."""
    made = take_in(bring(cast.ana, LETTERBOXD))
    match_waiting_rows()
    assert made.rows.filter(verdict="unknown").exists()
    late = make.film(title="Never Made", year=1999)
    match_waiting_rows()
    assert Mark.objects.get(member=cast.ana, film=late).is_watched
    crash = made.rows.get(title="Crash")
    assert len(crash.candidates) == 2
    name_film(member=cast.ana, row=crash, film=Film.objects.get(pk=crash.candidates[1]))
    assert Mark.objects.get(member=cast.ana, film=crash.candidates[1]).is_watched
    undo(made)
    assert not Mark.objects.filter(member=cast.ana).exists()


IMDB = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres\n"
    "tt0780504,9,2025-12-19,Caminho Errado,Drive,x,Movie,7.4,100,2011,Crime\n"
    "tt0113277,11,2025-12-19,Heat,Heat,x,Movie,7.4,100,1995,Crime\n"
    "tt9999999,8,2025-12-19,A Series,A Series,x,TV Series,7.4,100,2011,Crime\n"
)
IMDB_2013 = (
    '"position","const","created","modified","description","Title","Title type","Directors","You rated","Year"\n'
    '"1","tt0113277","Fri Nov  7 09:07:24 2014","","","Pok\xe9mon","Feature Film","M. Mann","","1995"\n'
).encode("latin-1")
TRAKT = {
    "ratings/ratings-movies-1.json": '[{"rated_at": "2020-08-19T23:59:59.000Z", "rating": 7, "movie": {"title": "Drive"'
    ', "year": null, "ids": {"imdb": "tt0780504", "tmdb": 64690}}}, {"rating": 3, "movie": {"title": "Heat", "year":'
    ' 1995, "ids": {"imdb": null}}}]',
    "watched/watched-movies.json": '[{"last_watched_at": "2020-08-19T12:00:00.000Z", "plays": 2, "movie": {"title":'
    ' "Drive", "year": 2011, "ids": {}}}]',
    "watched/watched-shows.json": '[{"show": {}}]',
    "lists/watchlist.json": '[{"listed_at": "2024-07-09T00:20:02.000Z", "show": {}},'
    ' {"listed_at": "2024-07-09T00:20:02.000Z", "movie": {"title": "Amélie", "year": 2001, "ids": {}}}]',
    "lists/lists.json": '[{"name": "On Deck", "display_numbers": true, "ids": {"trakt": 7}}]',
    "lists/list-7-on-deck.json": '[{"rank": 1, "notes": "So\\u0000on\\ud800", "movie": {"title": "Heat", "year": 1995,'
    ' "ids": {}}}]',
}  # fmt: skip


def test_imdb_and_trakt_match_by_ids_first(cast: Cast, films: dict[str, Any]):
    FilmId.objects.create(film=films["Drive"], source="imdb", value="tt0780504")
    FilmId.objects.create(film=films["Heat"], source="imdb", value="tt0113277")
    rated = bring(cast.ana, {"": IMDB}, name="ratings.csv")
    assert verdicts(rated) == {"new": 1, "unreadable": 1, "no_film": 1}
    wanted = take_in(bring(cast.ana, {"": IMDB_2013}, name="WATCHLIST.csv"))
    assert wanted.rows.get().title == "Pokémon"
    assert Mark.objects.get(member=cast.ana, film=films["Heat"]).is_in_watchlist
    made = take_in(bring(cast.bea, TRAKT))
    assert made.source == "trakt" and verdicts(made) == {"new": 5}
    assert made.left_out == {"watched/watched-shows.json": 1, "lists/watchlist.json": 1}
    assert list(cast.bea.marks.order_by("film__title").values_list("film__title", "half_stars")) == [
        ("Amelie from Montmartre", None), ("Drive", 7), ("Heat", 3),
    ]  # fmt: skip
    assert Viewing.objects.get(member=cast.bea).watched_on == date(2020, 8, 19)
    assert FilmList.objects.get(member=cast.bea).is_ranked
    assert FilmList.objects.get(member=cast.bea).entries.get().note == "Soon?"
    assert ImportRow.objects.filter(importing=rated, verdict="new").get().film == films["Drive"]
