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
from tests.house import House, furnish
from tests.looks import Look
from tests.walk import Page, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("pages")]

SITE = Path(__file__).parent.parent / "templates" / "reviews"
# Forms sent with mistakes: who, where, what.
MISTAKES = (
    ("", "/accounts/login/", {"login": "nobody", "password": "x"}),
    ("", "/accounts/signup/", {"email": "no", "username": "a/b", "password1": "short"}),
    ("", "/accounts/password/reset/", {"email": "no"}),
    ("ana", "/films/{quiet}/review/", {"body": "", "stars": "3.3", "watched_on": "2999-01-01", "visibility": "all"}),
    ("ana", "/reviews/{public}/edit/", {"body": "Newer.", "visibility": "public", "version": "0"}),
    ("ana", "/reviews/{of_bea}/comments/", {"body": " "}),
    ("ana", "/reviews/{of_bea}/report/", {}),
    ("ana", "/comments/{comment}/edit/", {"body": ""}),
    ("ana", "/accounts/settings/profile/", {"website": "no address"}),
    ("ana", "/accounts/settings/username/", {"username": "a/b"}),
    ("ana", "/accounts/settings/picture/", {}),
    ("ana", "/films/{quiet}/suggest/", {"kind": "correction", "fact": "year", "value": "soon"}),
    ("ana", "/films/{quiet}/suggest/", {"kind": "merge", "twin": "Zzzzz"}),
    ("dora", "/admin/films/suggestion/{suggestion}/change/", {"decision": "refuse"}),
    ("ana", "/accounts/tokens/", {"name": ""}),
    ("ana", "/accounts/tokens/", {"name": "A telephone", "scope": "read", "lifetime": "never"}),
    ("ana", "/accounts/password/change/", {"oldpassword": "x", "password1": "y", "password2": "z"}),
    ("ana", "/accounts/email/", {"action_add": "", "email": "no"}),
    ("dora", "/admin/films/film/add/", {"title": ""}),
    ("dora", "/admin/reviews/article/add/", {}),
)
ALONE = ("400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "503.html", "no_room.html")


@pytest.fixture
def pages(db: None, looks: dict[Page, Look]) -> dict[str, str]:
    """Every page's text, by name."""
    found = {f"{page.name} ({page.who})": look.text for page, look in looks.items()}
    house = furnish()
    clients = {who: client_of(who, house) for who in {who for who, *_ in MISTAKES}}
    for number, (who, address, sent) in enumerate(MISTAKES):
        answer = clients[who].post(House(house).address(address), sent)
        assert answer.status_code in {200, 409, 422}, f"{address}: {answer.status_code}"
        found[f"{address} with mistake {number} ({who})"] = answer.content.decode()
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
