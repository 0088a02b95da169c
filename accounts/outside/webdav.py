"""Putting a file into a folder of somebody else's server, by WebDAV (RFC 4918)."""

import base64
from typing import IO, Final
from urllib.parse import quote

from django.conf import settings

from accounts.models.copy_place import Refusal
from accounts.models.trouble import Trouble
from accounts.outside.line import Answer, exchange

LONGEST: Final = 900.0  # seconds for one file, however slow the line
PATIENCE: Final = 60.0  # seconds for each sign of life: a server may put a large file together before it answers
# While it is sent. Nextcloud keeps names that end in .part for itself.
UNFINISHED: Final = ".unfinished"
# What a server answers that cannot move files, or not as it was asked.
CANNOT_MOVE: Final = frozenset({400, 405, 501, 502})
REFUSALS: Final[dict[int | None, str]] = {
    401: Refusal.LOGIN.value, 403: Refusal.FORBIDDEN.value, 404: Refusal.MISSING.value, 405: Refusal.NO_WEBDAV.value,
    409: Refusal.MISSING.value, 410: Refusal.MISSING.value, 413: Refusal.LARGE.value, 423: Refusal.LOCKED.value,
    429: Refusal.BUSY.value, 501: Refusal.NO_WEBDAV.value, 507: Refusal.FULL.value,
}  # fmt: skip


class Folder:
    """A folder at an address that `checked_folder` let through, which ends with a slash."""

    def __init__(self, address: str, username: str, password: str) -> None:
        self.address = address
        login = base64.b64encode(f"{username}:{password}".encode()).decode()
        self.headers = {"Authorization": f"Basic {login}", "User-Agent": f"Intermission copies ({settings.SITE_URL})"}

    def put(self, name: str, file: IO[bytes], size: int) -> Answer:
        """Have the whole file there under this name, in place of an older one, or nothing. Raises nothing.

        It is sent under another name and moved once it is whole; a server that cannot move gets it under its own. The
        folder is looked at first, so that nobody is sent a large file who would not take it.
        """
        looked = self._ask("PROPFIND", "", {"Depth": "0"})
        if looked.trouble:
            return looked
        sent = self._send(name + UNFINISHED, file, size)
        if sent.trouble:
            self._ask("DELETE", name + UNFINISHED)
            return sent
        moved = self._ask("MOVE", name + UNFINISHED, {"Destination": self._at(name), "Overwrite": "T"})
        if not moved.trouble:
            return moved
        if moved.status in CANNOT_MOVE:
            moved = self._send(name, file, size)
        self._ask("DELETE", name + UNFINISHED)
        return moved

    def _at(self, name: str) -> str:
        return self.address + quote(name)

    def _send(self, name: str, file: IO[bytes], size: int) -> Answer:
        file.seek(0)
        told = {"Content-Type": "application/zip", "Content-Length": str(size)}
        return self._ask("PUT", name, told, file)

    def _ask(
        self, method: str, name: str, headers: dict[str, str] | None = None, body: IO[bytes] | None = None
    ) -> Answer:
        answer = exchange(
            method, self._at(name), body, self.headers | (headers or {}) | {"Connection": "close"},
            inside=settings.WEBHOOKS_PRIVATE, longest=LONGEST, patience=PATIENCE,
        )  # fmt: skip
        if answer.trouble == Trouble.STATUS and answer.status in REFUSALS:
            return Answer(answer.status, REFUSALS[answer.status])
        return answer
