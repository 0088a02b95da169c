"""What can be talked about, watched and reported: one of several foreign keys, exactly one of which is set."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import CheckConstraint, Model, Q

# What has a thread of comments under it.
TALKED: Final = ("review", "film_list", "article", "film", "essay")


def exactly_one(names: Iterable[str], name: str) -> CheckConstraint:
    """The constraint that of these columns one is set, and only one."""
    every = tuple(names)
    alone = [Q(**{f"{each}__isnull": each != chosen for each in every}) for chosen in every]
    return CheckConstraint(condition=reduce(or_, alone), name=name)


def which_is_set(row: Model, names: Iterable[str]) -> str:
    """The one of these foreign keys that refers to something; `exactly_one` sees to it that there is one."""
    return next(name for name in names if getattr(row, f"{name}_id") is not None)
