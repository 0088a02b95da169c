"""Half-stars, 1 to 10, are what is stored; stars, 0.5 to 5, are what people and programs see."""

from decimal import Decimal, InvalidOperation
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

LEAST: Final = 1
MOST: Final = 10

# What each rating is called, from ½ to 5.
WORDS: Final = (
    gettext_lazy("left early"),
    gettext_lazy("wanted to like it"),
    gettext_lazy("a long sit"),
    gettext_lazy("not for me"),
    gettext_lazy("in two minds"),
    gettext_lazy("glad I went"),
    gettext_lazy("good company"),
    gettext_lazy("told a friend"),
    gettext_lazy("can’t shake it"),
    gettext_lazy("again, tonight"),
)


# For a `half_stars` column, which has no value for no rating.
VALIDATORS: Final = (MinValueValidator(LEAST), MaxValueValidator(MOST))


def within_scale(name: str) -> models.CheckConstraint:
    """The constraint that goes with a `half_stars` field."""
    return models.CheckConstraint(
        condition=models.Q(half_stars=None) | models.Q(half_stars__range=(LEAST, MOST)),
        name=name,
        violation_error_message=gettext_lazy("Give between half a star and five, in halves."),
    )


def to_half_stars(stars: object) -> int | None:
    """0.5 … 5 in halves as 1 … 10; None and "" as none. Raises ValidationError with what to write instead."""
    if stars is None or stars == "":
        return None
    if isinstance(stars, bool):
        stars = "bool"
    try:
        given = Decimal(str(stars))
    except InvalidOperation:
        given = Decimal("NaN")
    # Nothing is counted with before it is known to be small: 1e9999999 has ten million digits.
    doubled = given * 2 if given.is_finite() and 0 < given <= MOST else Decimal(0)
    if doubled != int(doubled) or not LEAST <= doubled <= MOST:
        raise ValidationError(
            _("Give between half a star and five stars, in halves: 0.5, 1, 1.5 and so on up to 5."), code="stars"
        )
    return int(doubled)


def to_stars(half_stars: int | None) -> float | None:
    return None if half_stars is None else half_stars / 2


def numeral(half_stars: int) -> str:
    """4½, ½, 5."""
    whole, half = divmod(half_stars, 2)
    return f"{whole or ''}{'½' if half else ''}"


def label(half_stars: int) -> str:
    """The accessible name of a rating: “½ star”, “1 star”, “4½ stars”."""
    return ngettext("%(numeral)s star", "%(numeral)s stars", 1 if half_stars <= 2 else 2) % {
        "numeral": numeral(half_stars)
    }
