"""Six people whom the tests know by name, and what they are to each other.

Ana is a member like any other. Bea follows her. Cem is blocked by her. Fay is a stranger to all of them.
Dora curates the catalogue; Eli moderates.
"""

from dataclasses import dataclass

import pytest

from accounts import actions
from accounts.models import User
from tests import make

CURATOR = tuple(
    f"{app}.{verb}_{model}"
    for app, models in {
        "films": ("film", "person", "credit", "collection", "availability"),
        "reviews": ("article", "screening"),
    }.items()
    for model in models
    for verb in ("add", "change", "delete", "view")
)
MODERATOR = ("reviews.remove_review", "reviews.view_report", "reviews.change_report")


@dataclass(frozen=True)
class Cast:
    ana: User
    bea: User
    cem: User
    dora: User
    eli: User
    fay: User


def gather() -> Cast:
    """Make the cast in the database."""
    ana, bea, cem, dora, eli, fay = (
        make.member(username=name, display_name=name.capitalize(), is_staff=name in {"dora", "eli"})
        for name in ("ana", "bea", "cem", "dora", "eli", "fay")
    )
    actions.follow(member=bea, other=ana)
    actions.block(member=ana, other=cem)
    return Cast(ana, bea, cem, make.allow(dora, *CURATOR), make.allow(eli, *MODERATOR), fay)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()
