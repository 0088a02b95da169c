"""Addresses that are put together without `reverse` are those that it gives."""

import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix

from config.paths import path


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("films:film", ("baby-driver-2017",)),
        ("films:person", ("edgar_wright",)),
        ("films:drawn_poster", (12, 0, 360)),
        ("reviews:review", (7,)),
        ("reviews:member", ("ana",)),
        ("reviews:member", ("ana.b",)),
        ("films:browse", ()),
    ],
)
def test_they_are_the_same(name, values):
    assert path(name, *values) == reverse(name, args=values)
    assert path(name, *values) == reverse(name, args=values), "once the pattern is known"


def test_a_site_may_lie_in_a_folder():
    assert path("films:film", "a") == "/films/a/"
    set_script_prefix("/cinema/")
    try:
        assert path("films:film", "a") == reverse("films:film", args=["a"]) == "/cinema/films/a/"
    finally:
        set_script_prefix("/")
    assert path("films:film", "a") == "/films/a/"


@pytest.mark.parametrize("slug", ["", "a/b", "ü", "a b", "{}", "../x"])
def test_what_is_no_slug_is_left_to_reverse(slug):
    with pytest.raises(NoReverseMatch):
        path("films:film", slug)


@pytest.mark.parametrize("number", [-1, None])
def test_neither_is_what_is_no_number(number):
    with pytest.raises(NoReverseMatch):
        path("reviews:review", number)
