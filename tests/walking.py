"""Every address that the site answers to a reader who only reads, filled in with what a small world has."""

import itertools
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts.models import Actor
from reviews.models import (
    Essay,
    Import,
    ImportRow,
    ListEntry,
    Notification,
    OwnedCopy,
    Player,
    Playing,
    PushDevice,
    SavedSearch,
    Screening,
    Tip,
    Viewing,
)
from tests.privacy import WORD, World

OURS = ("accounts.", "films.", "reviews.", "config.")
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")
# Drawings, the desk of the staff, and what only looks up an address or a secret of its own.
SKIPPED = re.compile(
    r"admin/|\^?_allauth/|media/|cards/|posters/|api/schema|api/docs|lights/|language/|healthz|readyz|.*<path:rest>|.*<str:token>"
)
# What has no place in `World`, and stands in addresses by its number.
NUMBERED = (
    Actor, Essay, Import, ImportRow, ListEntry, Notification, OwnedCopy, Player, Playing, PushDevice, SavedSearch,
    Screening, Tip, Viewing,
)  # fmt: skip
type Numbers = dict[Any, list[int]]


@cache
def routes() -> frozenset[str]:
    """The routes of the site's own views."""

    def walk(patterns: Any, before: str) -> Iterator[tuple[str, Any]]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield route, pattern.callback
            else:
                yield from walk(pattern.url_patterns, route)

    found = walk(get_resolver().url_patterns, "")
    return frozenset(route for route, view in found if _module(view).startswith(OURS) and not SKIPPED.match(route))


def _module(view: Any) -> str:
    shown = getattr(view, "cls", None) or (view if hasattr(view, "__name__") else type(view))
    return str(shown.__module__)


def addresses(world: World) -> list[str]:
    numbers = {model: list(model.objects.values_list("pk", flat=True)) for model in NUMBERED}
    return sorted({address for route in routes() for address in _filled(route, world, numbers)})


def _filled(route: str, world: World, numbers: Numbers) -> Iterator[str]:
    names = PLACE.findall(route)
    for chosen in itertools.product(*(_values(name, route, world, numbers) for name in names)):
        path = route
        for value in chosen:
            path = PLACE.sub(lambda _found, value=value: str(value), path, count=1)
        yield "/" + path


def _values(name: str, route: str, world: World, numbers: Numbers) -> list[Any]:
    """What may stand at a place of an address. A place that nobody thought of fails."""
    head = route.removeprefix("api/v1/").split("/")[0]
    reviews = [review.pk for review in world.reviews]
    lists = [made.pk for made in world.lists]
    essays = numbers[Essay]
    searches = numbers[SavedSearch]
    imports = numbers[Import]
    notices = numbers[Notification]
    devices = numbers[PushDevice]
    players = numbers[Player]
    kept = {"notifications": notices, "searches": searches, "players": players, "webhooks": [], "devices": devices}
    of_oneself = next((found for part, found in kept.items() if part in route), imports)
    screenings = numbers[Screening]
    playings = numbers[Playing]
    entries = numbers[ListEntry]
    known: dict[tuple[str, str], list[Any]] = {
        ("films", "slug"): [film.slug for film in world.films.values()],
        ("members", "username"): [made.username for made in world.members],
        ("members", "year"): [2024],
        ("members", "tag"): [word for word in world.words if word.startswith("zqtag")],
        ("members", "slug"): [word for word in world.words if word.startswith("zqtag")],
        ("films", "username"): [made.username for made in world.members],
        ("recommended", "tip_id"): numbers[Tip],
        ("reviews", "review_id"): reviews,
        ("reviews", "pk"): reviews,
        ("comments", "comment_id"): [comment.pk for _who, _at, comment in world.comments],
        ("comments", "pk"): [comment.pk for _who, _at, comment in world.comments],
        ("diary", "pk"): numbers[Viewing],
        ("diary", "viewing_id"): numbers[Viewing],
        ("shelf", "copy_id"): numbers[OwnedCopy],
        ("viewings", "viewing_id"): numbers[Viewing],
        ("lists", "list_id"): lists,
        ("lists", "pk"): lists,
        **{("essays", place): essays for place in ("essay_id", "pk", "key")},
        ("tags", "tag"): [word for word in world.words if word.startswith("zqtag")],
        ("tags", "slug"): [word for word in world.words if word.startswith("zqtag")],
        ("accounts", "notification_id"): notices,
        ("me", "pk"): of_oneself,
        **{(place, "year"): [2024] for place in ("accounts", "me")},
        ("accounts", "search_id"): searches,
        ("me", "row"): numbers[ImportRow],
        ("accounts", "import_id"): imports,
        ("accounts", "player_id"): players,
        ("accounts", "device_id"): devices,
        ("accounts", "playing_id"): playings,
        ("me", "number"): playings,
        ("players", "secret"): ["nosuchsecret"],
        ("calendar", "secret"): ["nosuchsecret"],
        ("accounts", "row_id"): numbers[ImportRow],
        ("me", "username"): [],
        ("me", "app_id"): [],
        ("me", "delivery"): [],
        ("sitemaps", "name"): ["films", "reviews", "lists", "essays"],
        ("sitemaps", "number"): [1],
        ("lists", "key"): ["nosuchkey"] if "/link/" in route else lists,
        ("lists", "entry"): entries,
        ("lists", "entry_id"): entries,
        ("lists", "username"): [made.username for made in world.members],
        ("films", "key"): [film.slug for film in world.films.values()],
        ("films", "list_id"): lists,
        ("reviews", "key"): reviews,
        ("tonight", "key"): [evening.key for evening in world.evenings],
        ("tonight", "number"): [1, 2],
        **{("screenings", name): screenings for name in ("number", "pk")},
        ("charts", "name"): ["trending", "top"],
        ("me", "slug"): [film.slug for film in world.films.values()],
        ("tonight", "slug"): [film.slug for film in world.films.values()],
        # Packed: tests/reviews/test_open_data.py reads them.
        **{("open-data", place): [] for place in ("day", "kind")},
    }  # fmt: skip
    # The catalogue's own, and the staff's, of which this world has none.
    for empty in (
        "people",
        "artists",
        "companies",
        "franchises",
        "collections",
        "awards",
        "articles",
        "house",
        "feeds",
        "cases",
        "appeals",
    ):
        known |= {
            (empty, each): []
            for each in ("slug", "year", "kind", "key", "pk", "case_id", "decision_id", "appeal_id", "notice_id")
        }
    known |= {
        ("accounts", each): [] for each in ("token_id", "app_id", "suggestion_id", "case_id", "decision_id", "secret")
    }
    known |= {("accounts", "webhook_id"): [], ("accounts", "delivery_id"): []}
    known |= {("accounts", each): [] for each in ("follower_id", "refusal_id", "follow_id")}
    known |= {("federation", "actor_id"): numbers[Actor]}
    known |= {("federation", "number"): reviews if "/reviews/" in route else known["diary", "pk"]}
    assert (head, name) in known, f"say in tests/walking.py what stands for <{name}> in {route}"
    return known[head, name]


ASKED = (
    "/members/reader0/shelf/?sort=title&kind=dvd", "/accounts/notes/?q=zqnote", "/api/v1/me/notes/?search=zq",
    "/search/?q=openly&kind=reviews", "/search/?q=zq&kind=members", "/search/?q=zq&kind=lists",
    "/search/?q=zq&kind=essays", "/search/?q=reader",
    "/api/v1/search/?q=openly&type=reviews", "/api/v1/search/?q=zq", "/api/v1/search/suggest/?q=zq",
    "/api/v1/reviews/?ordering=-likes", "/films/common-ground-2017/reviews/?sort=newest",
    "/?who=everyone", "/?from=everyone",
)  # fmt: skip


class _Uncovered(HTMLParser):
    """The words of a page that are not behind a shut curtain, those in attributes among them."""

    def __init__(self) -> None:
        super().__init__()
        self.folds: list[bool] = []
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "details":
            given = dict(attributes)
            self.folds.append(
                bool({"spoiler", "veil"} & set((given.get("class") or "").split())) and "open" not in given
            )
        for _name, value in attributes:
            self.handle_data(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self.folds:
            self.folds.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.folds):
            self.found |= set(WORD.findall(data.lower()))


def uncovered(html: str) -> set[str]:
    parser = _Uncovered()
    parser.feed(html)
    return parser.found


def read(client: Client, address: str) -> tuple[int, str, str]:
    """The status, the words, and whether they are a page."""
    answer = client.get(address)
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, content.decode(errors="replace"), answer.get("Content-Type", "")


def leaks(world: World, reader: int | None, among: str = "", part: int | None = None) -> list[str]:
    """All that this reader comes upon and may not, wherever they look, or among the addresses of a pattern.

    `part` 0, 1 or 2: at every third address only.
    """
    client = Client()
    if reader is not None:
        client.force_login(world.members[reader])
    found = []
    everywhere = [*addresses(world), *ASKED]
    for address in filter(re.compile(among).match, everywhere if part is None else everywhere[part::3]):
        _status, text, kind = read(client, address)
        words = set(WORD.findall(text.lower())) - set(WORD.findall(address))
        found += [f"{word} at {address}" for word in words if not _may(world, reader, word, address)]
        secrets = {word for word in words if (film := world.words[word].covers) and not world.has_seen(reader, film)}
        if secrets:
            shown = uncovered(text) if kind.startswith("text/html") else words
            found += [f"{word} uncovered at {address}" for word in secrets & shown if not _wrote(world, reader, word)]
    return sorted(found)


def _wrote(world: World, reader: int | None, word: str) -> bool:
    return reader is not None and word.removesuffix("x").endswith(str(reader))


def _may(world: World, reader: int | None, word: str, address: str) -> bool:
    rule = world.words[word]
    if rule.under and not address.startswith(rule.under):
        return True
    whom = re.fullmatch(r"zqname([0-9])x", word)
    if whom and (reader, int(whom[1])) in world.arrangement["blocks"]:
        # Whom one blocks oneself: to lift it, or to tell the moderators.
        name = world.members[int(whom[1])].username
        return address in {"/accounts/muted/", f"/members/{name}/report/"}
    if rule.in_diary and "/diary/" in address:
        return rule.in_diary(reader)
    return rule.may(reader)
