"""What can be said of a copy that a member owns: read, checked, and as it is kept."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, TypedDict

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.legible import one_line
from reviews.days import EARLIEST, latest_day
from reviews.lengths import too_long
from reviews.models.owned_copy import LONGEST_DETAILS, LONGEST_NAME, CopyKind
from reviews.models.viewing import Cut

YEAR: Final = re.compile(r"\d{4}", re.ASCII)
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Said(TypedDict, total=False):
    """`since` is a year or a day, as 2019 or 2019-03-05; what is empty is not known."""

    kind: str
    cut: str
    details: str
    since: str
    lent_to: str
    lent_on: date | None


def since_in(said: str) -> tuple[date | None, bool]:
    """The day, or the first day of the year, and whether it is a year. Raises ValidationError."""
    said = said.strip()
    if not said:
        return None, False
    is_year = YEAR.fullmatch(said) is not None
    try:
        if not is_year and not DAY.fullmatch(said):
            raise ValueError
        day = date.fromisoformat(f"{said}-01-01" if is_year else said)
    except ValueError:
        raise ValidationError(_("Write a year or a day, such as 2019 or 2019-03-05.")) from None
    _check_day(day)
    return day, is_year


def checked(said: Said) -> dict[str, Any]:
    """What was said, as the columns of a copy. Raises ValidationError, by field."""
    wrong, kept = dict[str, list[str]](), dict[str, Any]()
    if "kind" in said:
        kept["kind"] = said["kind"]
        if said["kind"] not in CopyKind.values:
            wrong["kind"] = [_("Choose what kind of copy it is.")]
    if "cut" in said:
        kept["cut"] = said["cut"]
        if said["cut"] and said["cut"] not in Cut.values:
            wrong["cut"] = [_("Choose a cut.")]
    if "details" in said:
        kept["details"] = one_line(said["details"])
        _note(wrong, "details", too_long(kept["details"], LONGEST_DETAILS))
    if "since" in said:
        try:
            kept["since"], kept["since_is_year"] = since_in(said["since"])
        except ValidationError as refusal:
            wrong["since"] = refusal.messages
    return kept | _loan(said, wrong)


def words_of(said: Mapping[str, str]) -> list[str]:
    """What a line of an import says of a copy (reviews/importers/copies.py), to be read."""
    day, is_year = since_in(said["since"])
    when = date_format(day, "DATE_FORMAT") if day and not is_year else said["since"]
    words = (
        str(CopyKind(said["kind"]).label),
        str(Cut(said["cut"]).label) if said["cut"] else "",
        said["details"],
        _("since %(when)s") % {"when": when} if when else "",
        _("lent to %(name)s") % {"name": said["lent_to"]} if said["lent_to"] else "",
    )
    return list(filter(None, words))


def _loan(said: Said, wrong: dict[str, list[str]]) -> dict[str, Any]:
    """To whom it is lent, and since when; the day of nobody's loan is forgotten."""
    kept = dict[str, Any]()
    if "lent_to" in said:
        kept["lent_to"] = one_line(said["lent_to"])
        _note(wrong, "lent_to", too_long(kept["lent_to"], LONGEST_NAME))
    if "lent_on" in said:
        kept["lent_on"] = said["lent_on"]
        try:
            _check_day(said["lent_on"] or EARLIEST)
        except ValidationError as refusal:
            wrong["lent_on"] = refusal.messages
    if wrong:
        raise ValidationError(wrong)
    return kept


def _note(wrong: dict[str, list[str]], field: str, told: str) -> None:
    if told:
        wrong[field] = [told]


def _check_day(day: date) -> None:
    if day > latest_day():
        raise ValidationError(_("That day has not come yet."))
    if day < EARLIEST:
        raise ValidationError(_("There were no films before 1895. Check the year."))
