"""Addresses of pages by their names, for numbers and slugs, which stand in an address as they are.

    path("films:film", "baby-driver-2017")      # "/films/baby-driver-2017/"

A page has a hundred links, and `reverse` looks for the pattern and quotes what it puts in for each of them. Here the
pattern of a name is looked for once; it takes a twentieth of the time.
"""

import re
from functools import lru_cache
from typing import Final

from django.urls import get_script_prefix, reverse

SLUG: Final = re.compile(r"[-a-zA-Z0-9_]+")
NUMBER, WORD = 987_654_321, "wo-rd-{}"  # they stand for the values while the pattern is looked for


def path(name: str, *values: int | str) -> str:
    """The same as `reverse(name, args=values)`, and just that for values of other letters. Raises NoReverseMatch."""
    if all(value >= 0 if type(value) is int else isinstance(value, str) and SLUG.fullmatch(value) for value in values):
        numbers = tuple(type(value) is int for value in values)
        return _pattern(name, numbers, get_script_prefix()).format(*values)
    return reverse(name, args=values)


@lru_cache(maxsize=512)
def _pattern(name: str, numbers: tuple[bool, ...], _prefix: str) -> str:
    stand_ins = [NUMBER + place if is_one else WORD.format(place) for place, is_one in enumerate(numbers)]
    pattern = reverse(name, args=stand_ins).replace("{", "{{").replace("}", "}}")
    for stand_in in stand_ins:
        pattern = pattern.replace(str(stand_in), "{}", 1)
    return pattern
