"""Calendars as text: RFC 5545."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

LINE: Final = 75  # octets, without the line's end
CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # Unicode's category Cc
PROGRAM: Final = "-//Intermission//Calendar//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that lasts one day, or from one of two `times` to the other. `uid` is the same for ever; `stamp` says
    when what it says last changed.
    """

    uid: str
    day: date
    summary: str
    description: str
    url: str
    stamp: datetime
    times: tuple[datetime, datetime] | None = None
    place: str = ""
    is_off: bool = False


def calendar(name: str, events: Iterable[Event]) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PROGRAM}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        *(line for event in events for line in _lines_of(event)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _lines_of(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(event.uid)}"
    yield f"DTSTAMP:{_moment(event.stamp)}"
    if event.times:
        yield f"DTSTART:{_moment(event.times[0])}"
        yield f"DTEND:{_moment(event.times[1])}"
    else:
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        if event.day < date.max:  # without an end a day is one day, too; the calendar's last one has none after it
            yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"  # the first day on which it is over
    yield f"SUMMARY:{text(event.summary)}"
    yield f"DESCRIPTION:{text(event.description)}"
    yield f"URL:{_without_controls(event.url)}"
    if event.place:
        yield f"LOCATION:{text(event.place)}"
    if event.is_off:
        yield "STATUS:CANCELLED"
    if event.times is None or event.is_off:
        yield "TRANSP:TRANSPARENT"  # it keeps nobody busy
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    """A value of type TEXT (section 3.3.11)."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    escaped = (_without_controls(line).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") for line in lines)
    return "\\n".join(escaped)


def _without_controls(value: str) -> str:
    return CONTROLS.sub("", value)


def folded(line: str) -> str:
    """In parts of at most 75 octets, of which all but the first begin with a space (section 3.1); no letter is cut."""
    if len(line) <= LINE and len(line.encode()) <= LINE:
        return line
    parts, part, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LINE:
            parts.append(part)
            part, size = " ", 1
        part += letter
        size += octets
    return "\r\n".join([*parts, part])
