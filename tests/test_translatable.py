"""All that the site says can be said in another language, and its days and times in another manner."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from django.apps import apps
from django.core import mail

from tests import make
from tests.house import furnish
from tests.marked import MARKED, speaking
from tests.reading import unmarked, words_of
from tests.walk import PAGES, address_of, client_of

HOUSE: Final = Path(__file__).parent.parent
CODE: Final = [
    path
    for app in ("accounts", "films", "reviews", "config")
    for path in sorted((HOUSE / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES: Final = [path for path in sorted((HOUSE / "templates").rglob("*")) if path.suffix in {".html", ".txt"}]
NAMES: Final = {"English", "Intermission", "IMDb", "TMDB", "Wikipedia", "Wikidata", "Letterboxd", "UTC", "http"}
# Of each kind of page one, and of those at the desk what the house made itself.
OPENED: Final = {
    "home", "browse", "film", "a film's score", "person", "collections", "chart", "leaving soon",
    "search, nothing found",
    "review with talk", "lists", "member", "diary", "stats of a year", "house rules", "moderation in figures", "log in",
    "sign up", "confirm email, old link", "for you, too little said", "decisions, none", "desk: a case",
    "desk: a film's changes",
}  # fmt: skip


def test_sentences_are_found_and_are_said_in_the_reader_s_language():
    """`xgettext` does not look into f-strings, and what is looked up at import is in the language of nobody."""
    assert [f"{path.relative_to(HOUSE)}:{line}" for path in CODE for line in _wrong(ast.parse(path.read_text()))] == []


def _wrong(module: ast.Module) -> Iterator[int]:
    """Lines of calls in f-strings, and of those that are done when the module is read."""
    named = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
    }
    looking_up = {name for name, real in named.items() if "gettext" in real}
    lazy = {name for name in looking_up if named[name].endswith(("lazy", "noop"))}
    for node in ast.walk(module):
        if isinstance(node, ast.JoinedStr):
            yield from (call.lineno for call in _calls(node, looking_up))
    yield from (call.lineno for call in _calls_at_import(module, looking_up - lazy))


def _calls_at_import(node: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
        yield node
    for name, part in ast.iter_fields(node):
        later = name == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for inner in [] if later else part if isinstance(part, list) else [part]:
            if isinstance(inner, ast.AST):
                yield from _calls_at_import(inner, names)


def _calls(node: ast.AST, names: set[str]) -> Iterator[ast.Call]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id in names:
            yield inner


def test_days_and_times_are_written_as_the_language_writes_them():
    """By the name of a format, and a time of day by `clock`, which says whose it is; letters are for machines alone."""
    for_machines = r"c|Y-m-d(\\TH:i(:s)?O?)?|j"
    bare = [
        f"{path.relative_to(HOUSE)}: {said}"
        for path in TEMPLATES
        for said in re.findall(r"""\|(?:date|time)\b(?::["'][^"']*["']|(?!:))""", path.read_text())
        if not re.fullmatch(
            rf"""\|date:["'](?:{for_machines}|(?:SHORT_)?DATE_FORMAT|(?:MONTH_DAY|YEAR_MONTH)_FORMAT)["']""", said
        )
    ]
    letters = [
        f"{path.relative_to(HOUSE)}:{call.lineno}"
        for path in CODE
        if "date_format" in (text := path.read_text())
        for call in _calls(ast.parse(text), {"date_format"})
        if any(isinstance(part, ast.Constant) and not str(part.value).endswith("_FORMAT") for part in call.args[1:])
    ]
    assert bare + letters == []


@pytest.mark.django_db
def test_nothing_is_said_that_no_translator_reaches():
    """In a language of which every sentence stands in brackets, only what members and curators wrote is outside."""
    house = furnish()
    rows = (row for model in apps.get_models() for row in model.objects.values())
    known = words_of(value for row in rows for value in row.values()) | NAMES
    pages = [page for page in PAGES if page.name in OPENED]
    assert {page.name for page in pages} == OPENED
    with speaking(MARKED):
        clients = {who: client_of(who, house) for who in {page.who for page in pages}}
        told = {page.name: clients[page.who].get(address_of(page, house)).text for page in pages}
        clients[""].post("/accounts/password/reset/", {"email": make.member(username="kim").email})
    body = re.sub(r"http\S+", "", str(mail.outbox[0].body))
    told["mail"] = f"<p>{mail.outbox[0].subject}</p><p>{body}</p>"
    outside = {(name, said) for name, text in told.items() for said in unmarked(text) if words_of([said]) - known}
    assert outside == set()
    assert all("⟦" in text for text in told.values())
