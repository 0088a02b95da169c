"""A member's copy of what is theirs: what is in it, for whom, and for how long."""

import csv
import io
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from films.models import FilmId
from reviews.actions import exporting
from reviews.actions.exporting import FOLDER, ask_for_export, forget_exports, make_export, place
from reviews.actions.favourites import choose_favourites
from reviews.actions.guiding import choose_cautions, say_what_it_contains
from reviews.actions.owning import add_copy
from reviews.exporters import json_files
from reviews.exporters.archive import in_files
from reviews.models import Export, Import, ImportRow, Mark, Notification, Viewing
from reviews.trust import LimitReached
from tests import make
from tests.api import Api, assert_golden, program
from tests.cast import Cast
from tests.walk import log_in_afresh

pytestmark = pytest.mark.django_db

# Where the rows of each model are in the archive that belong to a member.
EXPORTED = {
    "accounts.AccessToken": "settings", "accounts.App": "settings", "allauth_idp_oidc.Client": "settings",
    "allauth_idp_oidc.Token": "settings", "accounts.Block": "people", "accounts.Follow": "people",
    "accounts.FollowRequest": "people", "accounts.FormerUsername": "profile", "accounts.Invite": "profile",
    "accounts.Mute": "people", "accounts.Webhook": "settings", "accounts.CopyPlace": "settings",
    "accounts.Actor": "settings", "accounts.Refusal": "people",
    "account.EmailAddress": "profile", "mfa.Authenticator": "settings",
    "usersessions.UserSession": "sessions", "socialaccount.SocialAccount": "settings",
    "films.Suggestion": "suggestions",
    "reviews.Mark": "marks", "reviews.Viewing": "viewings", "reviews.Review": "reviews", "reviews.Comment": "comments",
    "reviews.FilmList": "lists", "reviews.ListEntry": "lists", "reviews.Collaborator": "lists_of_others",
    "reviews.ReviewLike": "likes", "reviews.ListLike": "likes", "reviews.EssayLike": "likes",
    "reviews.Essay": "essays", "reviews.Article": "articles",
    "reviews.Favourite": "favourites", "reviews.FilmMute": "muted_films", "reviews.Dismissal": "dismissed",
    "reviews.PrivateNote": "notes", "reviews.OwnedCopy": "shelf", "reviews.Tip": "recommended",
    "reviews.SavedSearch": "searches", "reviews.Goal": "goals", "reviews.ContentVote": "guidance",
    "reviews.Caution": "cautions", "reviews.CalendarChoice": "settings",
    "reviews.Subscription": "threads", "reviews.NoticeChoice": "settings", "reviews.PushDevice": "settings",
    "reviews.Evening": "evenings", "reviews.Coming": "screenings",
    "reviews.NoticePutAway": "settings", "reviews.Player": "settings", "reviews.Seat": "evenings",
    "reviews.Report": "reports", "reviews.CaseMessage": "messages",
    "reviews.Import": "waiting_for_films", "reviews.Decision": "decisions", "reviews.Appeal": "decisions",
}  # fmt: skip
# What is told of a member elsewhere, or is the house's.
LEFT_OUT = {
    "reviews.Activity": "lines of the feed, which follow from marks, viewings, reviews, lists and follows",
    "reviews.Notification": "what others did",
    "reviews.Mention": "what others wrote",
    "reviews.Posting": "for limits, kept for a day",
    "reviews.Screening": "work for the house",
    "reviews.HouseNotice": "work for the house", "reviews.HousePageRevision": "work for the house",
    "accounts.SentOnce": "answers to programs, kept for a day",
    "reviews.Quotation": "copies for moderators of what its writer deleted",
    "reviews.ShownOut": "that a host asked somebody to leave, kept for two days",
    "reviews.Case": "the moderators' file, of which messages and decisions tell what concerns the member",
    "reviews.Export": "this copy itself",
    "admin.LogEntry": "work for the house", "accounts.ServerBlock": "work for the house",
    "reviews.Incident": "work for the house", "reviews.ArticleRevision": "work for the house",
    "reviews.WordRule": "work for the house", "reviews.Finding": "work for the house",
    "films.FactSource": "work for the house", "films.FactLock": "work for the house",
    "films.ImportRun": "work for the house", "films.FilmChange": "work for the house",
    "films.Collection": "work for the house", "films.Conflict": "work for the house",
    "films.Merge": "work for the house", "films.Duplicate": "work for the house",
    "reviews.SettingAside": "work for the house",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Path) -> None:
    """So that tests beside this one see no file of it."""
    kept = settings.STORAGES["private"]
    settings.STORAGES = settings.STORAGES | {
        "private": kept | {"OPTIONS": kept["OPTIONS"] | {"location": tmp_path / "private"}}
    }


def made(member: User) -> ZipFile:
    export = ask_for_export(member=member)
    make_export(export.pk)
    export.refresh_from_db()
    return ZipFile(place().open(export.file))


def records(archive: ZipFile, kind: str) -> Any:
    return json.loads(archive.read(f"json/{kind}.json"))


def lines(archive: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode(), newline="")))


def test_every_model_of_members_is_in_it_or_is_left_out_for_a_reason():
    of_members = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is User
    }
    assert of_members - EXPORTED.keys() - LEFT_OUT.keys() == set()
    assert set(EXPORTED.values()) <= set(json_files.KINDS)


def test_it_holds_what_is_the_members_and_no_word_of_others(cast: Cast):
    ana, bea = cast.ana, cast.bea
    film, undated = make.film(title="Baby Driver", year=2017, directors=["Edgar Wright"]), make.film(title="Playtime")
    FilmId.objects.create(film=film, source="imdb", value="tt3890160")
    FilmId.objects.create(film=film, source="tmdb", value="339403")
    body = '=1+1, she says: "loud"\n\n**Quick** @bea and >!Buddy falls.!<'
    review = make.review(member=ana, film=film, body=body, stars=4.5, tags=("chase",), watched_on=date(2024, 1, 28))
    make.review(member=ana, film=undated, body="I am not sure yet", draft=True)
    make.mark(member=ana, film=undated, stars=3)
    make.mark(member=ana, film=make.film(title="Ronin"), in_watchlist=True)
    make.film_list(member=ana, title="Getaways", films=[film, undated], notes="Mind the *clutch*", visibility="private")
    make.film_list(member=ana, title="Nothing on it")
    choose_favourites(member=ana, films=[film])
    make.comment(member=ana, review=review, body="My own remark")
    make.comment(member=bea, review=review, body="The remark of somebody else")
    make.token(member=ana, name="A script at home")
    make.app(member=bea, let_in=ana)
    brought = Import.objects.create(member=ana, source=Import.Source.LETTERBOXD, file_name="diary.csv")
    ImportRow.objects.create(importing=brought, file="diary.csv", line=2, kind="rating", title="Lost", half_stars=9)
    archive = made(ana)
    assert archive.testzip() is None

    (waiting,) = records(archive, "waiting_for_films")
    assert (waiting["source"], waiting["title"], waiting["stars"]) == ("letterboxd", "Lost", 4.5)
    assert {kind: len(records(archive, kind)) for kind in ("marks", "viewings", "reviews", "comments", "lists")} == {
        "marks": 3, "viewings": 1, "reviews": 2, "comments": 1, "lists": 2,
    }  # fmt: skip
    written = next(one for one in records(archive, "reviews") if one["published_at"])
    assert (written["body"], written["stars"], written["tags"]) == (body, 4.5, ["chase"])
    assert written["film"]["imdb"] == "tt3890160" and written["viewing"] == records(archive, "viewings")[0]["id"]
    getaways = records(archive, "lists")[0]
    assert [entry["film"]["title"] for entry in getaways["entries"]] == ["Baby Driver", "Playtime"]
    assert {"relation": "followed_by", "username": "bea"}.items() <= records(archive, "people")[0].items()
    assert {one["relation"] for one in records(archive, "people")} == {"followed_by", "blocks"}
    assert records(archive, "settings")["tokens"][0]["name"] == "A script at home"
    assert records(archive, "export")["version"] == 1 and records(archive, "evenings") == []

    seen, unseen = lines(archive, "letterboxd/diary-1.csv")
    assert seen == {
        "tmdbID": "339403", "imdbID": "tt3890160", "Title": "Baby Driver", "Year": "2017", "Directors": "Edgar Wright",
        "Rating": "4.5", "WatchedDate": "2024-01-28", "Rewatch": "", "Tags": "chase", "Review": body,
    }  # fmt: skip
    assert (unseen["Title"], unseen["Rating"], unseen["WatchedDate"]) == ("Playtime", "3", "")
    assert [line["Title"] for line in lines(archive, "letterboxd/watchlist-1.csv")] == ["Ronin"]
    assert [line["Your Rating"] for line in lines(archive, "imdb/ratings.csv")] == ["9", "6"]

    pages = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".html")}
    assert {"index.html", "pages/diary-1.html", "pages/films-1.html", "pages/reviews-1.html"} < set(pages)
    assert "<strong>Quick</strong>" in pages["pages/reviews-1.html"]
    for name, text in pages.items():
        assert not re.search(r"(?:src|<link[^>]*href)=.?(?:/|https?:)|href=.?/", text), name
        for target in re.findall(r'href="(?!https?:)([^"]+)"', text):
            away = target.removeprefix("../") if target.startswith("../") else f"{name.rpartition('/')[0]}/{target}"
            assert away.lstrip("/") in archive.namelist(), f"{name}: {target}"
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"My own remark" in everything and b"somebody else" not in everything
    assert ana.password.encode() not in everything and b"int_" not in everything


def test_pages_have_the_shelf_and_what_one_says_that_films_contain():
    ana, bea = make.member(), make.member()
    film, ronin = make.film(title="Baby Driver"), make.film(title="Ronin")
    note = make.content_note("Spiders")
    since = {"since": "2019", "details": "behind <the> sofa", "lent_to": "Tom", "lent_on": date(2026, 11, 1)}
    add_copy(member=ana, film=film, kind="dvd", cut="directors", **since)
    add_copy(member=bea, film=ronin, kind="vhs")
    for member, answer in ((ana, True), (bea, False)):
        make.mark(member=member, film=film, watched=True)
        say_what_it_contains(member=member, film=film, levels={"violence": 3}, notes={note.slug: answer})
    choose_cautions(member=ana, notes=[note])
    archive = made(ana)
    names = "index.html", "pages/shelf-1.html", "pages/guidance-1.html"
    index, shelf, guidance = (archive.read(name).decode() for name in names)
    assert 'href="pages/shelf-1.html"' in index and 'href="pages/guidance-1.html"' in index
    assert "You asked to be told: Spiders" in index
    assert "Ronin" not in shelf and "DVD" in shelf and "2019" in shelf
    assert "behind &lt;the&gt; sofa" in shelf and "lent to Tom on 1 November 2026" in shelf
    assert "Violence and gore: Severe<br>Spiders: yes" in guidance
    assert "pages/shelf-1.html" not in made(make.member()).namelist()


def test_csv_is_split_before_it_is_too_large_and_keeps_its_lines():
    rows = [("=1+1", f"{n}\n„ä“") for n in range(50)]
    files = dict(in_files("diary", ("Title", "Review"), rows, largest=200))
    assert len(files) > 5 and all(len(text.encode()) <= 200 for text in files.values())
    read = [row for text in files.values() for row in csv.reader(io.StringIO(text, newline=""))]
    assert [tuple(row) for row in read if row[0] != "Title"] == rows


def test_it_costs_as_many_queries_for_many_as_for_few(cast: Cast):
    def fill(number: int) -> None:
        for n in range(number):
            film = make.film(title=f"Reel {n}", directors=["Edgar Wright"])
            Mark.objects.create(member=cast.ana, film=film, watched_at=timezone.now())
            Viewing.objects.create(member=cast.ana, film=film, watched_on=date(2024, 1, 1))
        make.review(member=cast.ana)
        make.film_list(member=cast.ana, films=[make.film()])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            exporting.write_archive(cast.ana, io.BytesIO(), lambda done, of: None)
        return len(queries)

    fill(1)
    few = cost()
    fill(12)
    assert cost() == few < 90


def test_it_is_told_and_given_to_its_member_alone_for_a_week(cast: Cast):
    cast.ana.set_password(make.PASSWORD)  # with which she can be asked who she is
    cast.ana.save()
    mine, theirs = Client(), Client()
    mine.force_login(cast.ana)
    theirs.force_login(cast.bea)
    assert "Ask for a copy" in mine.get("/accounts/data/").content.decode()
    assert mine.post("/accounts/data/export/").status_code == 302
    assert mine.post("/accounts/data/export/").status_code == 302  # the same one
    export = Export.objects.get()
    assert "is being made" in mine.get("/accounts/data/").content.decode()
    make_export(export.pk)
    make_export(export.pk)  # a job that runs again finds that it is done
    export.refresh_from_db()
    assert Notification.objects.visible_to(cast.ana).get().kind == "export"
    assert len(place().listdir(FOLDER)[1]) == 1

    address = export.get_absolute_url()
    assert mine.get(address)["Location"] == "/accounts/reauthenticate/?next=%2Faccounts%2Fdata%2F"
    for client in (mine, theirs):
        log_in_afresh(client)
    assert theirs.get(address).status_code == 404
    answer = mine.get(address)
    body = b"".join(answer.streaming_content)
    assert len(body) == export.size == int(answer["Content-Length"]) and "no-store" in answer["Cache-Control"]
    assert ZipFile(io.BytesIO(body)).testzip() is None and "intermission-ana-" in answer["Content-Disposition"]

    again = mine.post("/accounts/data/export/")
    assert again.status_code == 429 and "only just made" in again.content.decode()
    with pytest.raises(LimitReached):
        ask_for_export(member=cast.ana)
    Export.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert mine.get(address).status_code == 404
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting, "STRAY_AFTER", timedelta(0))
        assert forget_exports() == 1
    assert place().listdir(FOLDER)[1] == [] and not Export.objects.exists()


def test_one_that_got_stuck_can_be_asked_for_again(cast: Cast):
    stuck = ask_for_export(member=cast.ana)
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=3))
    client = Client()
    client.force_login(cast.ana)
    assert "went wrong" in client.get("/accounts/data/").content.decode()
    assert ask_for_export(member=cast.ana).pk != stuck.pk
    make_export(stuck.pk)  # its job, late: there is nothing to do
    assert Export.objects.get().state == "making"


def test_programs_ask_for_it_and_fetch_it(cast: Cast):
    api, reader = program(cast.ana), program(cast.ana, "read")
    assert api.get("me/export/").json()["state"] == "none"
    assert reader.post("me/export/").status_code == 403
    asked = api.post("me/export/")
    assert (asked.status_code, asked.json()["state"], asked.json()["file"]) == (202, "making", None)
    make_export(Export.objects.get().pk)
    assert_golden("export", reader.get("me/export/"))
    assert Api(as_=cast.bea).client.get("/api/v1/me/export/file/").status_code == 403  # no recent log-in
    assert program(cast.bea).client.get("/api/v1/me/export/file/", headers=program(cast.bea).headers).status_code == 404
    fetched = reader.client.get("/api/v1/me/export/file/", headers=reader.headers)
    assert fetched["Content-Type"] == "application/zip"
    assert ZipFile(io.BytesIO(b"".join(fetched.streaming_content))).testzip() is None
    early = api.post("me/export/")
    assert early.status_code == 429 and int(early["Retry-After"]) > 60
