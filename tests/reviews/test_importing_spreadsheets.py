"""Exports that went through somebody's spreadsheet, and what else an archive of Letterboxd holds."""

from datetime import date

import pytest
from django.urls import reverse

from films.models import FilmId
from reviews.actions.aiming import set_goal
from reviews.importers.written_days import WrittenDays
from reviews.models import SavedSearch
from reviews.tags import tags_of
from tests import make
from tests.cast import Cast
from tests.reviews.imports import bring, take_in, undo
from tests.reviews.test_round_trip import copy_of

pytestmark = pytest.mark.django_db

DIARY = "Date;Name;Year;Letterboxd URI;Rating;Rewatch;Tags;Watched Date\n"
REVIEWS = "Date;Name;Year;Letterboxd URI;Rating;Rewatch;Review;Tags;Watched Date\n"
ARCHIVE = {
    "watched.csv": "Date;Name;Year;Letterboxd URI\n25.12.2020;Heat;1995;https://boxd.it/h\n",
    "ratings.csv": "Date;Name;Year;Letterboxd URI;Rating\n25.12.2020;Heat;1995;https://boxd.it/h;4,5\n"
                   "1.2.2021;Tron;1982;https://boxd.it/t;★★½\n",
    "diary.csv": DIARY + "2.2.2021;Heat;1995;https://boxd.it/1;3,5;Yes;mall, winter;1.2.2021\n"
                         "2.2.2021;Heat;1995;https://boxd.it/2;4,5;Yes;mall;1.2.2021\n",
    "reviews.csv": REVIEWS + "2.2.2021;Heat;1995;https://boxd.it/2;4,5;Yes;The second time it hit.;mall;1.2.2021\n",
    "profile.csv": "Date Joined;Username;Location;Website;Bio;Favorite Films\n"
                   "1.1.2012;ana;Atlanta;nowhere;Late <b>shows</b>;https://boxd.it/t, https://boxd.it/gone, "
                   "https://boxd.it/h\n",
    "deleted/diary.csv": DIARY + "3.2.2021;Tron;1982;https://boxd.it/3;;;;3.2.2021\n",
    "orphaned/diary.csv": DIARY + "4.2.2021;Tron;1982;https://boxd.it/4;;;;4.2.2021\n"
                                  "2.2.2021;Heat;1995;https://boxd.it/5;;Yes;;1.2.2021\n",
    "lists/noir.csv": "Letterboxd list export v7;;;;\nDate;Name;Tags;URL;Description\n"
                      "1.3.2021;Noir, mostly;night;x;Dark\n;;;;\n"
                      "Position;Name;Year;URL;Description\n1;Tron;1982;x;Neon\n2;Heat;1995;x;\n",
    "lists/soon.csv": "Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2021-03-02,Soon,,x,Some day\n\n"
                      "Position,Name,Year,URL,Description\n",
}  # fmt: skip


def test_a_letterboxd_archive_saved_again_by_a_spreadsheet_comes_in_whole(cast: Cast):
    heat, tron = make.film(title="Heat", year=1995), make.film(title="Tron", year=1982)
    made = bring(cast.ana, ARCHIVE)
    assert not made.rows.exclude(verdict="new").exists()
    assert made.left_out == {"deleted/diary.csv": 1, "orphaned/diary.csv": 1, "profile.csv": 2}, (
        "no film, and no address"
    )
    take_in(made)
    first, second = cast.ana.viewings.filter(film=heat).order_by("half_stars")
    assert (first.watched_on, first.half_stars, second.half_stars) == (date(2021, 2, 1), 7, 9)
    assert first.tags == ["mall", "winter"]
    assert tags_of(cast.ana, cast.ana) == [("mall", 2), ("night", 1), ("winter", 1)]
    review = cast.ana.reviews.get()
    assert (review.viewing, review.tags, review.half_stars) == (second, ["mall"], 9)
    assert cast.ana.viewings.get(film=tron).watched_on == date(2021, 2, 4), "it was orphaned, not deleted"
    marks = dict(cast.ana.marks.values_list("film", "half_stars"))
    assert marks == {heat.pk: 9, tron.pk: 5}
    assert [(one.position, one.film) for one in cast.ana.favourites.all()] == [(1, tron), (3, heat)]
    cast.ana.refresh_from_db()
    assert (cast.ana.location, cast.ana.bio, cast.ana.website) == ("Atlanta", "Late **shows**", "")
    noir, soon = cast.ana.lists.order_by("title")
    assert (noir.title, noir.tags, noir.description) == ("Noir, mostly", ["night"], "Dark")
    assert list(noir.entries.values_list("film__title", "note")) == [("Tron", "Neon"), ("Heat", "")]
    assert (soon.title, soon.description, soon.film_count) == ("Soon", "Some day", 0)
    again = bring(cast.ana, ARCHIVE)
    assert not again.rows.exclude(verdict="same").exists()
    undo(made)
    assert not cast.ana.lists.exists() and not cast.ana.marks.exists() and not cast.ana.favourites.exists()


def test_days_are_read_in_the_order_that_the_upload_shows(cast: Cast):
    make.film(title="Heat", year=1995)
    rows = [
        f"{day}\tHeat\t1995\tx\t\t\t\t{day}" for day in ("3/4/2021", "1/31/21", "Feb 3, 2020", "31-Jan-2019", "5/5/20")
    ]
    text = "sep=\t\n" + DIARY.replace(";", "\t") + "\n".join(rows)
    american = bring(cast.ana, {"diary.csv": text.encode("utf-16")}, name="diary.csv")
    assert [row.watched_on for row in american.rows.order_by("id")] == [
        date(2021, 3, 4), date(2021, 1, 31), date(2020, 2, 3), date(2019, 1, 31), date(2020, 5, 5),
    ]  # fmt: skip
    for clue, found in (("31/1/2021", date(2021, 4, 3)), ("30/12/2020\n12/30/2020", None), ("", None)):
        days = WrittenDays(["3/4/2021", *clue.split("\n")])
        assert days.read("3/4/2021") == found and days.read("13/1/2021") == date(2021, 1, 13)
    unclear = bring(cast.bea, {"diary.csv": DIARY + "3/4/2021;Heat;1995;x;;;;3/4/2021\n"}, name="diary.csv")
    assert unclear.rows.get().problem == "day_order"


def test_tables_as_letterboxd_takes_them_in_are_read_too(cast: Cast):
    """Ours, those of other programs, and IMDb's in another order of days."""
    heat = make.film(title="Heat", year=1995)
    FilmId.objects.create(film=heat, source="imdb", value="tt0113277")
    table = "Title,Year,imdbID,tmdbID,Rating10,WatchedDate,Rewatch,Tags,Review\n"
    table += "Heat (cut),1990,tt0113277,,7,2020-01-31,,,\n"
    made = take_in(bring(cast.ana, {"movary.csv": table}, name="movary.csv"))
    assert made.source == "letterboxd" and cast.ana.viewings.get().half_stars == 7
    table = "Const;Your Rating;Date Rated;Title;Title Type;Year\ntt0113277;7;31/1/2020;Heat;Film;1995\n"
    made = bring(cast.ana, {"ratings.csv": table}, name="ratings.csv")
    assert made.source == "imdb" and made.rows.get().at.date() == date(2020, 1, 31)
    assert made.rows.get().verdict == "same"


def test_goals_and_searches_that_differ_are_chosen_about(client, cast: Cast):
    set_goal(member=cast.bea, year=2024, films=60)
    SavedSearch.objects.create(member=cast.bea, name="Nineties", query="from=1990&to=1999")
    copy = copy_of(cast.bea)
    set_goal(member=cast.ana, year=2024, films=12)
    SavedSearch.objects.create(member=cast.ana, name="nineties", query="length=short")
    made = bring(cast.ana, {"copy": copy}, name="copy.ZIP")
    goal, search = made.rows.get(kind="goal"), made.rows.get(kind="search")
    assert {goal.verdict, search.verdict} == {"conflict"}
    client.force_login(cast.ana)
    page = client.get(made.get_absolute_url()).content.decode()
    for words in ("Goal: 60 films", "Yours: 12 films", "Saved search: 1990s", "Yours: Under 90 minutes"):
        assert words in page, words
    page_of_goal = reverse("reviews:import_row", args=[made.pk, goal.pk])
    shown = client.get(page_of_goal).content.decode()
    assert "Take what the file says" in shown and "Look for the film" not in shown
    film = make.film()
    refused = client.post(page_of_goal, {"film": film.slug}, follow=True)
    assert "This line is about no film." in refused.content.decode()
    client.post(page_of_goal, {"choice": "theirs"})
    take_in(made)
    assert cast.ana.goals.get().films == 60 and cast.ana.saved_searches.get().query == "length=short"
    undo(made)
    assert cast.ana.goals.get().films == 12


def test_a_neodb_export_is_brought(cast: Cast):
    heat, tron, alien = (make.film(title=t, year=y) for t, y in (("Heat", 1995), ("Tron", 1982), ("Alien", 1979)))
    FilmId.objects.create(film=heat, source="imdb", value="tt0113277")
    FilmId.objects.create(film=tron, source="tmdb", value="97")
    head, at = "title,info,links,timestamp,status,rating,comment,tags\n", "2024-05-01T20:00:00+08:00"
    files = {
        "movie_mark.csv": head
        + f"盗火线,imdb:tt0113277 year:1995 director:Michael Mann,https://neodb.social/movie/1,{at},complete,9,Cold.,la|night\n"
        + f"Tron,year:1982,https://neodb.social/m/2 https://www.themoviedb.org/movie/97,{at},wishlist,,,grid\n"
        + f"Alien,year:1979,x,{at},complete,11,,\nAlien,year:1979,x,{at},progress,,,\n",
        "movie_review.csv": "title,info,links,timestamp,title,content\n"
        + f'盗火线,imdb:tt0113277,x,{at[:8]}02T08:00:00Z,On time,"He **waits**.\n\nThen he does not."\n',
        "movie_note.csv": f"title,info,links,timestamp,progress,title,content\n盗火线,imdb:tt0113277,x,{at},,,Mine\n"
        f"盗火线,imdb:tt0113277,x,{at[:8]}03T08:00:00Z,Part 2,The diner,Two pros\n",
        "book_mark.csv": head + f"Dune,,x,{at},complete,8,,\n",
    }
    made = bring(cast.ana, files)
    assert made.source == "neodb"
    assert made.left_out == {"movie_mark.csv": 1, "book_mark.csv": 1}
    assert list(made.rows.exclude(verdict="new").values_list("title", "problem")) == [("Alien", "rating")]
    take_in(made)
    marks = {mark.film: mark for mark in cast.ana.marks.select_related("film")}
    assert marks[heat].half_stars == 9 and marks[heat].is_watched
    assert marks[tron].watchlisted_at and not marks[tron].is_watched and marks[alien].is_watched
    assert not cast.ana.viewings.exists()
    note = cast.ana.private_notes.get()
    assert (note.film, note.body) == (heat, "Mine\n\nPart 2 · The diner\nTwo pros")
    said = [(one.body, one.tags, one.half_stars) for one in cast.ana.reviews.order_by("published_at")]
    assert said == [("Cold.", ["la", "night"], 9), ("# On time\n\nHe **waits**.\n\nThen he does not.", [], None)]
    single = bring(cast.bea, {"movie_mark.csv": files["movie_mark.csv"]}, name="movie_mark.csv")
    assert single.source == "neodb"
