"""The block between two `---` lines at the top of a text: `key: value`, and lists. What it says counts."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reviews.documents import dates, marks
from reviews.documents.kind import Kind
from reviews.documents.words import number

FENCE = re.compile(r"^---[ \t]*$")
END = re.compile(r"^(?:---|\.\.\.)[ \t]*$")
PAIR = re.compile(r"^([\w][\w -]{0,30}):(?:[ \t]+(.*))?$")
LONGEST_BLOCK = 60  # lines
KINDS = {
    "review": Kind.REVIEW, "member review": Kind.REVIEW, "essay": Kind.ESSAY, "editorial": Kind.ESSAY,
    "editorial essay": Kind.ESSAY, "feature": Kind.ESSAY, "analysis": Kind.ESSAY, "article": Kind.ESSAY,
    "news": Kind.NEWS, "news piece": Kind.NEWS,
}  # fmt: skip
NAMES = {
    "type": "kind", "category": "kind", "headline": "title", "movie": "film", "stars": "rating", "score": "rating",
    "username": "member", "user": "member", "by": "author", "byline": "author", "written": "date", "published": "date",
    "spoiler": "spoilers", "tag": "tags", "keywords": "tags", "watched_on": "watched", "seen": "watched",
}  # fmt: skip
KNOWN = {"kind", "title", "film", "year", "rating", "member", "date", "spoilers", "author", "tags", "watched"}
YES, NO = {"yes", "true", "1", "on", "y"}, {"no", "false", "0", "off", "n"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the block says, read; and in `problems` what it says that cannot be used."""

    kind: Kind | None = None
    title: str = ""
    film: str = ""
    half_stars: int | None = None
    states_rating: bool = False
    member: str = ""
    author: str = ""
    date: datetime.date | None = None
    watched_on: datetime.date | None = None
    spoilers: bool | None = None
    tags: tuple[str, ...] = ()
    problems: tuple[str, ...] = field(default=())


def split(text: str) -> tuple[FrontMatter, int]:
    """The front matter of `text`, and the position where the text itself begins (0 without one)."""
    lines = text.split("\n")
    first = lines[0].lstrip("\ufeff").rstrip("\r")
    if not FENCE.match(first):
        return FrontMatter(), 0
    stop = next(
        (n for n, line in enumerate(lines[1 : LONGEST_BLOCK + 1], start=1) if END.match(line.rstrip("\r"))), None
    )
    if stop is None:
        return FrontMatter(), 0
    block = [line.rstrip("\r") for line in lines[1:stop]]
    fields, problems = _fields(block)
    if not fields:
        return FrontMatter(), 0
    return _read(fields, problems), min(len(text), sum(len(line) + 1 for line in lines[: stop + 1]))


def _fields(block: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Each key with its values: one, or those of a list in brackets or on lines of their own."""
    fields: dict[str, list[str]] = {}
    problems: list[str] = []
    key = ""
    for line in block:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if key and re.match(r"^\s*-\s+", line):
            fields[key].append(_unquoted(re.sub(r"^\s*-\s+", "", line)))
        elif (pair := PAIR.match(line)) is not None:
            key = pair[1].strip().lower().replace("-", "_").replace(" ", "_")
            key = NAMES.get(key, key)
            value = (pair[2] or "").strip()
            inside = (
                value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value] if value else []
            )
            fields[key] = [_unquoted(each) for each in inside if each.strip()]
        else:
            problems.append(_("The front matter line “%(line)s” is not “key: value”.") % {"line": line.strip()[:60]})
    return fields, problems


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return re.sub(r"\s+#\s.*$", "", value)


def _read(fields: Mapping[str, list[str]], problems: list[str]) -> FrontMatter:
    said = {key: ", ".join(values) for key, values in fields.items()}
    kind = KINDS.get(said.get("kind", "").lower())
    if said.get("kind") and kind is None:
        problems.append(_refusal("kind", said["kind"], "review, essay, news"))
    film = said.get("film", "")
    if film and said.get("year", "").isdigit() and not re.search(r"\d{4}\)?$", film):
        film = f"{film} ({said['year']})"
    half_stars = _half_stars(said.get("rating", ""))
    if said.get("rating") and half_stars is None:
        problems.append(_refusal("rating", said["rating"], "4.5, 4/5, ★★★★"))
    days = {}
    for key in ("date", "watched"):
        days[key] = next((day.day for day in dates.find(said.get(key, ""), None)), None)
        if said.get(key) and days[key] is None:
            problems.append(_refusal(key, said[key], "2024-01-28"))
    spoilers = said.get("spoilers", "").lower()
    if spoilers and spoilers not in YES | NO:
        problems.append(_refusal("spoilers", spoilers, "yes, no"))
    problems += [
        _("The front matter key “%(key)s” means nothing here.") % {"key": key} for key in fields.keys() - KNOWN
    ]
    return FrontMatter(
        kind,
        said.get("title", ""),
        film,
        half_stars,
        "rating" in said,
        said.get("member", "").lstrip("@"),
        said.get("author", ""),
        days["date"],
        days["watched"],
        spoilers in YES if spoilers in YES | NO else None,
        tuple(fields.get("tags", ())),
        tuple(problems),
    )


def _refusal(key: str, value: str, examples: str) -> str:
    return _("The front matter says %(key)s: %(value)s. Write one of: %(examples)s.") % {
        "key": key, "value": value, "examples": examples,
    }  # fmt: skip


def _half_stars(said: str) -> int | None:
    """A rating in the front matter: as the text would write it, or a bare number of stars."""
    if (stars := number(said)) is not None:
        return int(stars * 2) if 0 < stars <= 5 and (stars * 2).denominator == 1 else None
    written = marks.find(f"Rating: {said}")
    return written[0].half_stars if len(written) == 1 and 0 < written[0].share <= 1 else None
