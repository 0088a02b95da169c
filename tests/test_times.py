"""A clock time says whose clock it is: the site counts in UTC, and its readers live elsewhere.

`tests/test_translatable.py` sees that templates say times by the filter `clock` alone.
"""

import pytest

from films.models import FilmChange
from tests import make
from tests.house import furnish
from tests.staff import administrator, logged_in

pytestmark = pytest.mark.django_db


def test_a_comment_says_when_it_was_said_in_utc(client):
    comment = make.comment()
    said = f"{comment.created_at:%-d %B %Y, %H:%M} UTC"
    assert said in client.get(comment.review.get_absolute_url()).text


def test_desks_say_so_too():
    film = furnish()["film"]
    at = FilmChange.objects.filter(film=film).latest("at").at
    desk = logged_in(administrator())
    assert f"{at:%-d %B %Y, %H:%M} UTC" in desk.get(f"/admin/films/film/{film.pk}/changes/").text
    assert "All times are UTC." in desk.get("/admin/films/importrun/").text  # Django's own columns do not
