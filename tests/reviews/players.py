"""What players at home send, as they send it: in the forms of Plex, Jellyfin, Emby and Kodi, shortened."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from tests.base import png

TICKS = 6_780_000_000 * 10  # of a film of 113 minutes, in Jellyfin's and Emby's tenths of a microsecond


def plex(event: str = "media.scrobble", *, user: str = "ana", **film: Any) -> dict[str, Any]:
    known = {
        "librarySectionType": "movie", "ratingKey": "1936", "guid": "plex://movie/5d776d0b594b2b001e6eafb8",
        "type": "movie", "title": "Baby Driver", "year": 2017, "duration": 6780000,
        "Guid": [{"id": "imdb://tt3890160"}, {"id": "tmdb://339403"}, {"id": "tvdb://5478"}],
        "Genre": [{"id": 8, "tag": "Action"}],
    }  # fmt: skip
    return {
        "event": event, "user": True, "owner": True,
        "Account": {"id": 1, "thumb": "https://plex.tv/users/1022/avatar", "title": user},
        "Server": {"title": "Office", "uuid": "54664a3d8acc39983675640ec9ce00b70af9cc36"},
        "Player": {"local": True, "publicAddress": "203.0.113.7", "title": "Plex Web", "uuid": "r6yfkd"},
        "Metadata": {name: value for name, value in (known | film).items() if value is not None},
    }  # fmt: skip


def jellyfin(kind: str = "PlaybackStop", **said: Any) -> dict[str, Any]:
    return {
        "ServerId": "0ef0d9", "ServerName": "attic", "ServerVersion": "10.10.7", "ServerUrl": "http://attic:8096",
        "NotificationType": kind, "Timestamp": "2026-11-30T21:40:12.9337102+01:00",
        "UtcTimestamp": "2026-11-30T20:40:12.9337107Z", "Name": "Baby Driver", "Overview": "Music.", "Tagline": "",
        "ItemId": "8d73d0a1", "ItemType": "Movie", "RunTimeTicks": TICKS, "RunTime": "01:53:00", "Year": 2017,
        "Provider_tmdb": "339403", "Provider_imdb": "tt3890160", "Video_0_Height": 1080,
        "PlaybackPositionTicks": TICKS, "PlaybackPosition": "01:53:00", "PlayedToCompletion": True,
        "DeviceName": "Living room", "ClientName": "Jellyfin Android TV", "NotificationUsername": "ana",
        "UserId": "5fd5bb0e",
    } | said  # fmt: skip


def emby(event: str = "playback.stop", *, user: str = "ana", over: bool = True, **film: Any) -> dict[str, Any]:
    known = {
        "Name": "Baby Driver", "ServerId": "15596a", "Id": "4916", "RunTimeTicks": TICKS, "ProductionYear": 2017,
        "ProviderIds": {"Tmdb": "339403", "Imdb": "tt3890160"}, "Type": "Movie", "MediaType": "Video",
    }  # fmt: skip
    return {
        "Title": "ana has finished playing Baby Driver on Chrome", "Date": "2026-11-30T20:40:12.1750827Z",
        "Event": event, "User": {"Name": user, "Id": "aac3a7"}, "Item": known | film,
        "Server": {"Name": "attic", "Id": "15596a", "Version": "4.8.11.0"},
        "Session": {"Client": "Emby Web", "DeviceName": "Chrome"},
        "PlaybackInfo": {"PlayedToCompletion": over, "PositionTicks": TICKS if over else TICKS // 2},
    }  # fmt: skip


def jellyfin_by_hand(event: str = "Stop", *, played: bool = True, position: int = 0) -> dict[str, Any]:
    """By the other plugin, which has the form of Emby."""
    film = emby()["Item"] | {"UserData": {"Played": played, "PlayCount": 1, "PlaybackPositionTicks": position}}
    return {"Event": event, "Item": film, "User": {"Name": "ana"}, "Session": {}, "Server": {"Name": "attic"}}


def kodi(event: str = "end", percent: float = 100, **said: Any) -> dict[str, Any]:
    return {
        "event": event, "mediaType": "movie", "title": "Baby Driver", "year": 2017,
        "uniqueIds": {"imdb": "tt3890160", "tmdb": "339403"}, "progress": {"percent": percent},
    } | said  # fmt: skip


def send(secret: str, said: Any, kind: str = "application/json", **headers: str) -> HttpResponse:
    """As a player does, without cookies; a dict as JSON."""
    body = said if isinstance(said, str | bytes) else json.dumps(said)
    client = Client(enforce_csrf_checks=True, raise_request_exception=True)
    return client.generic("POST", f"/players/{secret}/", body, content_type=kind, headers=headers)


def as_plex_sends(said: dict[str, Any], field: str = "payload", picture: bytes = b"") -> tuple[bytes, str]:
    """In a field of a form, with a small picture beside it."""
    begin, form = f"--{BOUNDARY}\r\nContent-Disposition: form-data; ", "Content-Type: {}\r\n\r\n"
    words = f'{begin}name="{field}"\r\n{form.format("application/json")}{json.dumps(said)}'
    thumb = f'{begin}name="thumb"; filename="thumb.jpg"\r\n{form.format("image/jpeg")}'
    end = f"\r\n--{BOUNDARY}--\r\n"
    return f"{words}\r\n{thumb}".encode() + (picture or png()) + end.encode(), MULTIPART_CONTENT
