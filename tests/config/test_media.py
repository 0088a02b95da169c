import os
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

pytestmark = pytest.mark.django_db  # for the page that says that nothing is there


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media" / "posters").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("not for the public")

    def put(name: str, content: bytes = b"bytes"):
        path = tmp_path / "media" / name
        path.write_bytes(content)
        return path

    return put


@pytest.fixture
def client():
    return Client()


@pytest.mark.parametrize(
    ("name", "kind"), [("a.webp", "image/webp"), ("a.avif", "image/avif"), ("a.jpg", "image/jpeg")]
)
def test_an_image_is_served_as_what_it_is_and_kept_for_ever(client, media, name, kind):
    media(f"posters/{name}", b"image")
    answer = client.get(f"/media/posters/{name}")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"image")
    assert answer["Content-Type"] == kind
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


def test_anything_else_is_a_download(client, media):
    media("posters/page.html", b"<script>alert(1)</script>")
    answer = client.get("/media/posters/page.html")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_the_reader_has_is_not_sent_again(client, media):
    media("posters/a.webp")
    first = client.get("/media/posters/a.webp")
    by_tag = client.get("/media/posters/a.webp", headers={"If-None-Match": first["ETag"]})
    by_date = client.get("/media/posters/a.webp", headers={"If-Modified-Since": first["Last-Modified"]})
    assert [by_tag.status_code, by_date.status_code] == [304, 304]
    assert by_tag["ETag"] == first["ETag"]


def test_a_changed_file_is_sent_again(client, media):
    path = media("posters/a.webp")
    tag = client.get("/media/posters/a.webp")["ETag"]
    os.utime(path, (1, 1))
    assert client.get("/media/posters/a.webp", headers={"If-None-Match": tag}).status_code == 200


def test_a_head_request_tells_the_size(client, media):
    media("posters/a.webp", b"12345")
    answer = client.head("/media/posters/a.webp")
    assert (answer["Content-Length"], answer.content) == ("5", b"")


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "posters/../../secret.txt",
        "posters//a.webp",
        "posters",
        "posters/",
        "posters/.hidden",
        "%2e%2e/secret.txt",
        "posters/a.webp%00.png",
        "..%5csecret.txt",
        "/etc/passwd",
        "missing.webp",
    ],
)
def test_nothing_outside_or_hidden_is_served(client, media, path):
    media("posters/a.webp")
    media("posters/.hidden")
    assert client.get(f"/media/{path}").status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(client, media, tmp_path):
    (tmp_path / "media" / "posters" / "link.webp").symlink_to(tmp_path / "secret.txt")
    assert client.get("/media/posters/link.webp").status_code == 404


def test_it_takes_no_posts(client, media):
    media("posters/a.webp")
    assert client.post("/media/posters/a.webp").status_code == 405


def test_private_files_have_no_address_here_and_are_read_by_the_site_alone(client):
    private = storages["private"]
    name = private.save("exports/for-one-member.zip", ContentFile(b"PK"))
    try:
        place = Path(private.path(name))
        assert not place.is_relative_to(settings.MEDIA_ROOT) and place.stat().st_mode & 0o077 == 0
        assert client.get(f"/media/{name}").status_code == 404
    finally:
        private.delete(name)
