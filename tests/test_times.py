"""A clock time says whose clock it is: the site counts in UTC, and its readers live elsewhere."""

import re
from pathlib import Path

import pytest

from tests import make

TEMPLATES = Path(__file__).parent.parent / "templates"
# Desks of curators, who see the times of their own work.
OTHERS = ("admin/films", "admin/reviews/article")


def test_no_page_of_members_or_moderators_shows_a_bare_clock_time():
    bare = [
        f"{page.relative_to(TEMPLATES)}:{number}"
        for page in sorted(TEMPLATES.rglob("*.html"))
        if not str(page.relative_to(TEMPLATES)).startswith(OTHERS)
        for number, line in enumerate(page.read_text().splitlines(), start=1)
        if re.search(r'\|(?:date|time):"[^"]*[GH]:i"', line) and "UTC" not in line
    ]
    assert bare == []


@pytest.mark.django_db
def test_a_comment_says_when_it_was_said_in_utc(client):
    comment = make.comment()
    said = f"{comment.created_at:%-d %B %Y, %H:%M} UTC"
    assert said in client.get(comment.review.get_absolute_url()).text
