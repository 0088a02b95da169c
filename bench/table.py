"""The table of bench/pages.py."""

import os
from pathlib import Path
from typing import Any, Final

HEAD: Final = (
    "page", "SQL", "KB", "p50", "p95", "cold/s", "made/s", "kept/s", "304/s", "bare/s", "select/s", "kept:bare",
    "304:bare", "made:select", "cold:select", "growth p50", "growth p95", "wrong",
)  # fmt: skip


def show(rows: list[dict[str, Any]], big: dict[str, int], small: dict[str, int]) -> None:
    """Print it, as Markdown, and write it to TABLE if that is set."""
    lines = [
        f"{_words(big)}; growth from {_words(small)}. Milliseconds alone; requests a second of 16 clients,"
        " two workers.", "", f"| {' | '.join(HEAD)} |", "| --- |" + " ---: |" * (len(HEAD) - 1),
    ]  # fmt: skip
    for title, signed_in in (("signed out", False), ("signed in", True)):
        lines.append(f"| **{title}** |" + " |" * (len(HEAD) - 1))
        lines += [f"| {' | '.join(_cells(row))} |" for row in rows if row["in"] is signed_in]
    answers, client = (sum(row.get(name, 0) for row in rows) for name in ("answers", "client"))
    if answers:
        lines += ["", f"{answers:,} answers; the client took {1e6 * client / answers:.0f} µs of a core for each."]
    text = "\n".join(lines)
    print(text)
    if place := os.environ.get("TABLE"):
        Path(place).write_text(text + "\n")


def _words(size: dict[str, int]) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in size.items())


def _cells(row: dict[str, Any]) -> list[str]:
    def number(name: str, digits: int = 0) -> str:
        return f"{row[name]:,.{digits}f}" if name in row else ""

    def share(one: str, other: str, form: str = ".0%") -> str:
        return format(row[one] / row[other], form) if row.get(other) and one in row else ""

    again = number("304") if row.get("again", 304) == 304 else f"({row['again']})"
    return [
        row["name"], str(row["sql"]), number("kb"), number("p50", 1), number("p95", 1),
        number("cold"), number("made"), number("kept"), again, number("bare"), number("select"),
        share("kept", "bare"), share("304", "bare"), share("made", "select"), share("cold", "select"),
        share("p50", "small p50", ".2f"), share("p95", "small p95", ".2f"), str(row["wrong"] or ""),
    ]  # fmt: skip
