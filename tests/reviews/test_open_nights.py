"""Open data: how a night is written, handed out, withdrawn and forgotten, and that a house without it has none."""

import gzip
import hashlib
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import Licence, User
from reviews.actions import exporting, opening_data
from reviews.actions.exporting import place
from reviews.actions.opening_data import FOLDER, forget_editions, make_edition, withdraw_edition
from reviews.jobs import make_open_data
from reviews.models import Edition, EditionFile
from reviews.open_data import FIELDS
from tests import make, staff
from tests.api import Api, assert_golden
from tests.base import all_at_once, cost_of
from tests.cast import Cast
from tests.open_data import edition, lines

pytestmark = pytest.mark.django_db
PAGE, DESK = "/open-data/", "/admin/reviews/edition/"


@pytest.fixture(autouse=True)
def _own_place(settings: Any, tmp_path: Path) -> None:
    """So that tests beside this one see no file of it."""
    settings.OPEN_DATA = True
    kept = settings.STORAGES["private"]
    settings.STORAGES = settings.STORAGES | {
        "private": kept | {"OPTIONS": kept["OPTIONS"] | {"location": tmp_path / "private"}}
    }


def licensed(**about: Any) -> User:
    return make.member(licence=Licence.BY, **about)


def unpacked(answer: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(b"".join(answer.streaming_content)).splitlines()]


def stored() -> list[str]:
    try:
        return sorted(place().listdir(FOLDER)[1])
    except FileNotFoundError:
        return []


def test_a_download_that_broke_off_goes_on_where_it_did(client: Client):
    make.review(member=licensed(), stars=4)
    file = edition().files.get(kind="reviews")
    there, whole = file.get_absolute_url(), opening_data.opened(file).read()
    first = client.get(there)
    assert (first.status_code, first["Accept-Ranges"]) == (200, "bytes")
    etag, last = first["ETag"], file.size - 1
    for asked, if_range in (("bytes=7-", None), (f"bytes=7-{last}", etag), ("bytes=7-999999", None)):
        rest = client.get(there, headers={"Range": asked} | ({"If-Range": if_range} if if_range else {}))
        assert (rest.status_code, rest["Content-Range"]) == (206, f"bytes 7-{last}/{file.size}")
        assert b"".join(rest.streaming_content) == whole[7:] and rest["Content-Length"] == str(file.size - 7)
        assert rest["ETag"] == etag
    beyond = client.get(there, headers={"Range": f"bytes={file.size}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{file.size}")
    others = ("bytes=7-8", "bytes=-5", "bytes=7-,9-", "lines=7-", "bytes=٧-", "bytes=" + "9" * 5000 + "-")
    for asked in ({"If-Range": '"of another night"'}, *({"Range": each} for each in others)):
        all_of_it = client.get(there, headers={"Range": "bytes=7-"} | asked)
        assert all_of_it.status_code == 200 and b"".join(all_of_it.streaming_content) == whole, asked
    assert client.get(there, headers={"Range": "bytes=7-", "If-None-Match": etag}).status_code == 304
    head = client.head(there, headers={"Range": "bytes=7-"})
    assert (head.status_code, head["Content-Length"]) == (200, str(file.size))


@pytest.mark.django_db(transaction=True)
def test_a_night_is_of_one_moment_and_made_once(monkeypatch: pytest.MonkeyPatch):
    member = licensed()
    make.review(member=member, stars=4)
    before = {kind: len(lines(kind)) for kind in FIELDS}

    def meanwhile(written: opening_data.Written) -> None:
        if written.kind == "films":  # in another connection, while the others are still to be written
            all_at_once([lambda: make.review(member=licensed(), stars=1)])

    made = make_edition(told=meanwhile)
    assert {file.kind: file.lines for file in made.files.all()} == before
    assert len(lines("reviews")) == 2
    for file in made.files.all():
        packed = opening_data.opened(file).read()
        assert (len(packed), hashlib.sha256(packed).hexdigest()) == (file.size, file.sha256)
        assert len(gzip.decompress(packed).splitlines()) == file.lines
    assert make_edition() == made and len(stored()) == len(EditionFile.Kind)


@pytest.mark.django_db(transaction=True)
def test_of_two_processes_one_makes_it():
    make.review(member=licensed())
    assert all_at_once([make_edition, make_edition]) == []
    assert (Edition.objects.count(), EditionFile.objects.count(), len(stored())) == (1, 5, 5)


@pytest.mark.django_db(transaction=True)
def test_the_command_tells_what_it_wrote_and_refuses_where_it_is_off(settings: Any, capsys: pytest.CaptureFixture):
    make.review(member=licensed())
    call_command("make_open_data")
    said = capsys.readouterr().out
    assert "reviews: 1 lines" in said and f"http://127.0.0.1:8000/open-data/#{timezone.now():%Y-%m-%d}" in said
    settings.OPEN_DATA = False
    with pytest.raises(CommandError, match="OPEN_DATA=yes"):
        call_command("make_open_data")


def test_the_page_hands_it_out_to_everybody():
    make.review(member=licensed(username="ana"), film=make.film(title="Baby Driver", year=2017))
    night, visitor = edition(), Client()
    page = visitor.get(PAGE).content.decode()
    assert '"@type": "Dataset"' in page and "SHA256SUMS" in page
    for file in night.files.all():
        assert file.get_absolute_url() in page and file.sha256 in page
        answer = visitor.get(file.get_absolute_url())
        assert (answer["Content-Type"], answer["Content-Length"]) == ("application/gzip", str(file.size))
        assert answer["Content-Disposition"] == f'attachment; filename="{night}-{file.name}"'
        assert "Content-Encoding" not in answer and len(unpacked(answer)) == file.lines
        again = visitor.get(file.get_absolute_url(), headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304 and again["ETag"] == f'"{file.sha256}"'
    sums = visitor.get(f"{PAGE}{night}/SHA256SUMS").content.decode()
    assert [line.split("  ") for line in sums.splitlines()] == [[file.sha256, file.name] for file in night.files.all()]
    assert PAGE in visitor.get("/").content.decode() and PAGE in visitor.get("/sitemaps/pages.xml").getvalue().decode()
    assert cost_of(visitor, PAGE) == 2
    Edition.objects.update(day=timezone.now().date() - timedelta(days=7))
    assert visitor.get(file.get_absolute_url()).status_code == 404
    assert "No night is written yet" in visitor.get(PAGE).content.decode()


def test_programs_read_the_same():
    make.review(member=licensed())
    night = edition()
    told = Api().get("open-data/")
    assert told.json()["licences"]["CC-BY-4.0"] == "https://creativecommons.org/licenses/by/4.0/"
    [said] = told.json()["nights"]
    assert said["night"] == str(night) and [file["licence"] for file in said["files"]] == [
        "CC0-1.0",
        "CC0-1.0",
        None,
        None,
        None,
    ]
    assert unpacked(Client().get(said["files"][2]["url"]))[0]["licence"] == "CC-BY-4.0"
    EditionFile.objects.update(sha256="5a" * 32)
    assert_golden("open_data", Api().get("open-data/"))


def test_a_file_that_is_gone_is_not_there():
    night = edition()
    file = night.files.first()
    assert file is not None
    place().delete(file.file)
    assert Client().get(file.get_absolute_url()).status_code == 404


def test_an_administrator_takes_a_night_away_at_once(django_capture_on_commit_callbacks: Any):
    night, client = edition(), staff.logged_in(staff.administrator())
    asked = staff.act(client, DESK, "withdraw", [night])
    assert asked.status_code == 200 and Edition.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        staff.act(client, DESK, "withdraw", [night], _answered="1", reason="By order of the court")
    assert not Edition.objects.exists() and stored() == []
    assert "By order of the court" in LogEntry.objects.get().get_change_message()
    assert Client().get(f"{PAGE}{night}/SHA256SUMS").status_code == 404
    withdraw_edition(edition=night)  # somebody was quicker
    assert staff.logged_in(staff.moderator()).get(DESK).status_code == 403


def test_nights_are_kept_for_a_week(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch):
    today, night = timezone.now().date(), edition()
    Edition.objects.update(day=today - timedelta(days=6))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_editions() == 0
    Edition.objects.update(day=today - timedelta(days=7))
    place().save(f"{FOLDER}/stray.jsonl.gz", ContentFile(b"left by one that was killed"))
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_editions() == 1
    assert stored() == ["stray.jsonl.gz"] and not Edition.objects.filter(pk=night.pk).exists()
    monkeypatch.setattr(exporting, "STRAY_AFTER", timedelta(0))
    forget_editions()
    assert stored() == []


def test_where_it_is_switched_off_there_is_none_and_what_was_there_goes(
    settings: Any, cast: Cast, django_capture_on_commit_callbacks: Any
):
    night = edition()
    settings.OPEN_DATA = False
    visitor, member = Client(), Client()
    member.force_login(cast.ana)
    for address in (PAGE, f"{PAGE}{night}/SHA256SUMS", f"{PAGE}{night}/films.jsonl.gz", "/api/v1/open-data/"):
        assert visitor.get(address).status_code == 404
    assert PAGE not in visitor.get("/films/").content.decode()
    assert PAGE not in visitor.get("/sitemaps/pages.xml").getvalue().decode()
    privacy = member.get("/accounts/privacy/").content.decode()
    assert 'name="licence"' in privacy and 'name="opens_ratings"' not in privacy
    sent = {"comment_policy": "anyone", "tip_policy": "nobody", "shelf_policy": "private"}
    sent |= {"licence": "CC0-1.0", "lends_taste": "on"}
    member.post("/accounts/privacy/", sent)
    cast.ana.refresh_from_db()
    assert cast.ana.licence == "CC0-1.0" and cast.ana.opens_ratings
    desk = staff.logged_in(staff.administrator())
    assert desk.get(DESK).status_code == 403 and "open data" not in desk.get("/admin/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        make_open_data()
    assert not Edition.objects.exists() and stored() == []


@pytest.mark.django_db(transaction=True)
def test_the_program_in_the_docs_runs_as_it_is_written(live_server: Any):
    film = make.film(title="Baby Driver", year=2017)
    make.review(member=licensed(username="ana", display_name="Ana"), film=film, stars=4.5)
    make.mark(member=make.member(), film=make.film(title="Playtime", year=1967), stars=3)
    make_edition()
    [program] = re.findall(r"```python\n(.+?)```", (settings.BASE_DIR / "docs/open-data.md").read_text(), re.DOTALL)
    ran = subprocess.run([sys.executable, "-c", program, live_server.url], capture_output=True, text=True, timeout=60)
    assert (ran.stderr, ran.stdout.splitlines()) == (
        "",
        ["Baby Driver (2017): 4.50 stars of 1; Ana", "Playtime (1967): 3.00 stars of 1; no open review"],
    )


def test_the_docs_tell_every_field():
    told = (settings.BASE_DIR / "docs/open-data.md").read_text("utf-8")
    assert [name for names in FIELDS.values() for name in names if f"`{name}`" not in told] == []
