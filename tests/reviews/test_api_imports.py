"""Imports by the API: upload, look, choose, take in, undo."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reviews.models import Import, Mark
from tests import make
from tests.api import Api, assert_golden, hold_to_description, program
from tests.cast import Cast
from tests.reviews.imports import archive, read_import, take_import_in, undo_import

pytestmark = pytest.mark.django_db
LINES = "Date,Name,Year,Letterboxd URI,Rating\n2021-05-05,Heat,1995,x,5\n2021-05-05,Heat,1987,x,4\n,Heat,1995,x,9\n"


def test_a_program_brings_films(cast: Cast):
    make.film(title="Heat", year=1995)
    other = make.film(title="Heat", year=1986)
    api = program(cast.ana, "read", "write")

    def send(name: str, content: bytes, **headers: str) -> Any:
        answer: Any = api.client.post(
            "/api/v1/me/import/", {"file": SimpleUploadedFile(name, content)}, headers=api.headers | headers
        )
        hold_to_description("POST", "/api/v1/me/import/", answer)
        return answer

    refused = send("holiday.jpg", b"JFIF")
    assert refused.status_code == 400 and "neither a ZIP archive" in refused.json()["file"][0]
    upload = archive({"ratings.csv": LINES})
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.ana)
    assert browser.post("/api/v1/me/import/", {"file": SimpleUploadedFile("a.zip", upload)}).status_code == 403
    answer = send("export.zip", upload, **{"Idempotency-Key": "one"})
    assert answer.status_code == 202
    assert send("export.zip", upload).json()["id"] == answer.json()["id"]
    made = Import.objects.get()
    here = f"me/import/{made.pk}/"
    assert answer["Location"].endswith(f"/api/v1/{here}")
    assert api.post(f"{here}commit/").status_code == 400
    read_import(made.pk)
    assert_golden("import", api.get(here))
    assert_golden("import_rows", api.get(f"{here}rows/"))
    assert len(api.get(f"{here}rows/?verdict=ambiguous").json()["results"]) == 1
    row = f"{here}rows/{made.rows.get(verdict='ambiguous').pk}/"
    assert api.patch(row, {}).status_code == 400
    assert api.patch(row, {"film": "never-was"}).status_code == 404
    assert api.patch(row, {"film": other.slug}).json()["verdict"] == "new"
    assert api.post(f"{here}commit/", {"rule": "theirs"}).status_code == 202
    take_import_in(made.pk)
    assert sorted(Mark.objects.filter(member=cast.ana).values_list("half_stars", flat=True)) == [8, 10]
    assert api.get("me/import/").json()["results"][0]["state"] == "done"
    assert Api(as_=cast.bea).get("me/import/").json()["results"] == []
    assert api.post(f"{here}undo/").status_code == 202
    undo_import(made.pk)
    assert not Mark.objects.filter(member=cast.ana).exists()
    assert api.delete(here).status_code == 204
    assert program(cast.ana, "read").delete(here).status_code == 403
