import gzip

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import make
from tests.base import png

pytestmark = pytest.mark.django_db


def test_pages_and_answers_leave_compressed(client):
    film = make.film()
    for address in (f"/films/{film.slug}/", f"/api/v1/films/{film.slug}/", "/feeds/reviews.rss"):
        plain = client.get(address)
        answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert answer["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer["Vary"], address
        assert len(answer.content) < len(plain.content)
        assert gzip.decompress(answer.content)[:15] == plain.content[:15]
        assert "Content-Encoding" not in plain


def test_the_tag_of_a_compressed_answer_still_saves_the_answer(client):
    address = f"/api/v1/films/{make.film().slug}/"
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
    assert first["ETag"].startswith("W/") and again.status_code == 304


def test_a_picture_leaves_as_it_is(client):
    name = default_storage.save("avatars/test/compress.png", ContentFile(png()))
    answer = client.get(f"/media/{name}", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer and int(answer["Content-Length"]) == len(b"".join(answer))
