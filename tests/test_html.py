"""Every page is HTML as the standard has it, forms with mistakes in them and error pages included."""

import re
import warnings
from itertools import pairwise
from pathlib import Path

import html5lib
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests import nu
from tests.looks import Look
from tests.mistakes import Mistake
from tests.walk import Page

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("pages")]

SITE = Path(__file__).parent.parent / "templates" / "reviews"
ALONE = ("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html", "no_room.html")


@pytest.fixture
def pages(db: None, looks: dict[Page, Look], mistaken: list[tuple[Mistake, Look]]) -> dict[str, str]:
    """Every page's text, by name."""
    found = {f"{page.name} ({page.who})": look.text for page, look in looks.items()}
    for number, (mistake, look) in enumerate(mistaken):
        assert look.status in {200, 409, 422}, f"{mistake.address}: {look.status}"
        found[f"{mistake.address} with mistake {number} ({mistake.who})"] = look.text
    for name in ALONE:
        found[name] = render_to_string(name, request=RequestFactory().get("/"))
    return found


@pytest.mark.slow
def test_titles_leave_it_to_the_frame_to_say_that_a_form_has_mistakes():
    """`base.html` says so before the title of any page with a `form`; behind the screen each page says it itself."""
    titles = {path: re.search(r"{% block title %}.*", path.read_text()) for path in SITE.rglob("*.html")}
    assert [path.name for path, title in titles.items() if title and " form.errors " in title[0]] == []


def test_pages_are_what_they_say(pages: dict[str, str]):
    wrong = []
    for name, text in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(text)
        wrong += [f"{name}: {place} {code} {about}" for place, code, about in parser.errors]
        ids = re.findall(r'\sid="([^"]*)"', text)
        wrong += [f"{name}: two of id {one}" for one in sorted({one for one in ids if ids.count(one) > 1})]
        pointers = re.findall(r'\s(?:for|aria-labelledby|aria-describedby|popovertarget)="([^"]*)"', text)
        aims = {one for pointer in pointers for one in pointer.split()}
        wrong += [f"{name}: points at no {aim}" for aim in sorted(aims - set(ids))]
        wrong += [f"{name}: no title"] * (not re.search(r"<title>[^<]*\w[^<]*</title>", text))
        wrong += [f"{name}: {text.count('<h1')} first headings"] * (text.count("<h1") != 1)
        nameless = [table for table in re.findall(r"<table[^>]*>(?!\s*<caption)", text) if " aria-label" not in table]
        wrong += [f"{name}: a table without a name: {table}" for table in nameless]
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", text)]
        wrong += [f"{name}: a heading {high} after {low}" for low, high in pairwise(levels) if high > low + 1]
    assert not wrong, "\n".join(wrong)
    try:
        mistakes = nu.check(pages)
    except nu.Missing as why:
        warnings.warn(f"The Nu HTML checker did not run: {why}. The pages were read by html5lib alone.", stacklevel=1)
    else:
        assert not mistakes, "\n".join(mistakes)
