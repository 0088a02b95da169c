"""A store of files on another machine: what its library raises becomes what the site knows of a disk."""

import time
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from accounts.pictures import PictureRefused, save_avatar
from config import addresses
from config.storage import MayBeAway
from tests.base import png


class Trouble(Exception):
    """Of a library, which knows nothing of OSError."""


class Far(Storage):
    """One on another machine, which answers late or not at all."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.trouble: Exception | None = None
        self.late = 0.0

    def _answer(self) -> None:
        time.sleep(self.late)
        if self.trouble:
            raise self.trouble

    def _open(self, name, mode="rb"):
        self._answer()
        if name not in self.files:
            raise FileNotFoundError(name)
        return ContentFile(self.files[name])

    def _save(self, name, content):
        self._answer()
        self.files[name] = content.read()
        return name

    def exists(self, name):
        self._answer()
        return name in self.files

    def delete(self, name):
        self._answer()
        self.files.pop(name, None)

    def listdir(self, path):
        self._answer()
        return [], [name.removeprefix(f"{path}/") for name in self.files if name.startswith(path)]


class Remote(MayBeAway, Far):
    """What a bucket is to the site."""


@pytest.fixture
def remote(monkeypatch) -> Remote:
    store = Remote()
    monkeypatch.setattr("accounts.picture_files.default_storage", store)
    return store


def test_what_is_sent_while_the_store_refuses_is_refused_in_words(remote):
    key = save_avatar(BytesIO(png()))
    assert remote.listdir(key)[1]
    remote.trouble = Trouble("503 SlowDown")
    with pytest.raises(PictureRefused, match="cannot store"):
        save_avatar(BytesIO(png()))
    with pytest.raises(OSError, match="SlowDown"):
        remote.open(f"{key}/nothing.webp")


def test_a_file_that_is_not_there_is_told_from_a_store_that_is_away(remote):
    with pytest.raises(FileNotFoundError):
        remote.open("posters/none.webp")
    remote.save("posters/one.webp", ContentFile(b"RIFF"))
    assert remote.open("posters/one.webp").read() == b"RIFF"


@pytest.mark.parametrize("kind", [Trouble, TimeoutError])  # of a library, or of what it is made of
def test_nobody_else_waits_for_a_store_that_did_not_answer(remote, monkeypatch, kind):
    monkeypatch.setattr("config.storage.LONG", 0.05)
    monkeypatch.setattr("config.storage.AWAY", 0.5)
    remote.trouble, remote.late = kind("no answer"), 0.1
    with pytest.raises(OSError, match="no answer"):
        remote.listdir("posters")
    remote.trouble, remote.late = None, 0
    with pytest.raises(OSError, match="left alone"):
        remote.listdir("posters")
    time.sleep(0.5)
    assert remote.listdir("posters") == ([], [])


def test_addresses_of_a_bucket_keep_the_path_and_the_scheme_of_media_url(monkeypatch):
    monkeypatch.setattr(addresses, "_need", lambda *names: None)
    for url, protocol, domain in (
        ("https://media.example.org/", "https:", "media.example.org"),
        ("http://store.example.org:9000/films/", "http:", "store.example.org:9000/films"),
    ):
        monkeypatch.setenv("MEDIA_URL", url)
        options = addresses.media_storage("films")["OPTIONS"]
        assert (options["url_protocol"], options["custom_domain"]) == (protocol, domain)
