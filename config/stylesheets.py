"""Where collected static files go: WhiteNoise's storage, which names them by content and compresses them.

A stylesheet of ours is a list of imports, a file for each part.  Readers get it in one piece: with HTTP/1.1 each part
would cost them a request, and each answer's headers weigh more than most parts.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from concurrent.futures import Future

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>\w+)\))?;$', re.MULTILINE)
URL = re.compile(r'url\("(?P<path>\.{1,2}/[^"]+)"\)')
JOINED = ("css/site.css", "css/admin.css")

Paths = dict[str, tuple[Storage, str]]


def joined(sheet: str, paths: Paths) -> str:
    """The text of a stylesheet with its imports, one level deep, in their places."""

    def part(found: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), found["path"]))
        text = URL.sub(lambda url: moved(url, name), read(name, paths))
        return f"@layer {found['layer']} {{\n{text}}}" if found["layer"] else text

    def moved(url: re.Match[str], name: str) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), url["path"]))
        return f'url("{posixpath.relpath(target, posixpath.dirname(sheet))}")'

    return IMPORT.sub(part, read(sheet, paths))


def read(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()


class CompressOnce(Compressor):
    """Each file is there twice, under its own name and one made of its content; what is in both is compressed once."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self._made: dict[tuple[str, bytes], Future[bytes]] = {}

    def compress_brotli(self, data: bytes) -> bytes:
        return self._once("br", data, super().compress_brotli)

    def compress_gzip(self, data: bytes) -> bytes:
        return self._once("gz", data, super().compress_gzip)

    def _once(self, kind: str, data: bytes, make: Callable[[bytes], bytes]) -> bytes:
        """Several threads compress: the first with some content makes it, the others wait for that."""
        mine: Future[bytes] = Future()
        made = self._made.setdefault((kind, data), mine)
        if made is mine:
            try:
                mine.set_result(make(data))
            except BaseException as failure:
                mine.set_exception(failure)
        return made.result()


class JoinedStylesheets(CompressedManifestStaticFilesStorage):
    def create_compressor(self, **options: object) -> CompressOnce:
        return CompressOnce(**options)

    def post_process(self, paths: Paths, dry_run: bool = False, **options: object) -> Iterator[tuple]:
        if dry_run:
            return
        whole = dict(paths)
        for sheet in JOINED:
            if sheet in paths:
                text = joined(sheet, paths)
                self.delete(sheet)
                self._save(sheet, ContentFile(text.encode()))
                whole[sheet] = (self, sheet)
        yield from super().post_process(whole, dry_run, **options)
