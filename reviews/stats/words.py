"""Figures in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.models import Film
from reviews.stars import label
from reviews.stats.figures import Figures
from reviews.stats.standouts import Apart, Line, Measured


def viewings(number: int) -> str:
    return ngettext("%(number)d viewing", "%(number)d viewings", number) % {"number": number}


def titles() -> dict[str, str]:
    """What the kinds of rankings are called."""
    return {
        "director": _("Directors"), "actor": _("Actors"), "genre": _("Genres"), "country": _("Countries"),
        "language": _("Languages"), "decade": _("Decades"), "company": _("Companies"),
    }  # fmt: skip


def in_short(figures: Figures) -> str:
    """One line for whoever shares the page."""
    films = ngettext("%(number)d film", "%(number)d films", figures.films) % {"number": figures.films}
    hours = ngettext("%(number)d hour", "%(number)d hours", figures.hours) % {"number": figures.hours}
    said = [films, viewings(figures.viewings)] + ([hours] if figures.hours else [])
    return ", ".join(said)


def said_of(figures: Figures) -> list[tuple[str, list[tuple[Film, str]]]]:
    """Under each heading films that stand out, each with what it is about it."""
    found, everything = figures.standouts, figures.year is None
    lines = [
        (found.first, _("The first in the diary") if everything else _("The first of the year")),
        (found.last, _("The latest") if everything else _("The last of the year")),
    ]
    ends: list[tuple[Line | Measured, str]] = [
        (line, f"{heading}, {date_format(line.day, 'DATE_FORMAT')}") for line, heading in lines if line
    ]
    if found.longest:
        minutes = ngettext("The longest, %(number)d minute", "The longest, %(number)d minutes", found.longest.number)
        ends.append((found.longest, minutes % {"number": found.longest.number}))
    groups: list[tuple[str, Iterable[tuple[Any, str]]]] = [
        (_("First, last, longest"), ends),
        (_("Rated highest"), ((each, label(each.number)) for each in found.best)),
        (_("Seen again and again"), ((each, viewings(each.number)) for each in found.again)),
        (_("Liked better than by others"), ((each, _apart(each)) for each in found.above)),
        (_("Liked less than by others"), ((each, _apart(each)) for each in found.below)),
        (_("Liked by most members"), ((each, _likes(each)) for each in found.liked)),
    ]
    shown = [(heading, _with_films(figures, rows)) for heading, rows in groups]
    return [(heading, films) for heading, films in shown if films]


def _with_films(figures: Figures, rows: Iterable[tuple[Line | Measured | Apart, str]]) -> list[tuple[Film, str]]:
    """Without films that went since they were counted."""
    return [(film, words) for each, words in rows if (film := figures.cards.get(each.film))]


def _apart(each: Apart) -> str:
    mean = number_format(each.mean, 2)
    return _("%(stars)s, where members give %(mean)s") % {"stars": label(round(2 * each.stars)), "mean": mean}


def _likes(each: Measured) -> str:
    return ngettext("%(number)d member likes it", "%(number)d members like it", each.number) % {"number": each.number}
