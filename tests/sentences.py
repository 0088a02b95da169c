"""Every sentence that the site can say, in code and templates: what `make translate` gathers, without its tools."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation.template import templatize

HOUSE: Final = Path(__file__).parent.parent
ASKING: Final = re.compile(r"(np?|p)?gettext(_lazy|_noop)?")  # the functions of Django that take a sentence
TEXT: Final = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
# As Django writes a template for xgettext: its sentences as calls, all else blanked out.
CALL: Final = re.compile(rf"\b(_|(?:np?|p)?gettext)\({TEXT}(?:, {TEXT})?(?:, {TEXT})?")


@dataclass(frozen=True)
class Sentence:
    """`many` is what is said of several. Where a sentence is put together from parts, `one` is how that is written."""

    where: str
    one: str
    many: str | None = None
    context: str | None = None


def sentences() -> Iterator[Sentence]:
    for app in ("accounts", "films", "reviews", "config"):
        for path in sorted((HOUSE / app).rglob("*.py")):
            text = path.read_text("utf-8")
            if "django.utils.translation" in text:
                yield from of_code(text, str(path.relative_to(HOUSE)))
    for path in sorted((HOUSE / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield from of_template(path.read_text("utf-8"), str(path.relative_to(HOUSE)))


def of_code(text: str, where: str) -> Iterator[Sentence]:
    """Of calls of what was imported from Django. Words that stand in a constant are marked there, by `gettext_noop`."""
    nodes = list(ast.walk(ast.parse(text)))
    kinds = {
        alias.asname or alias.name: match[1] or ""
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if (match := ASKING.fullmatch(alias.name))
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
            kind = kinds[node.func.id]
            said = [_said(part) for part in node.args[: len(kind) + 1]]
            if all(said):
                yield _sentence(f"{where}:{node.lineno}", kind, said)


def _said(part: ast.expr) -> str:
    """Nothing, where the words stand elsewhere."""
    if isinstance(part, ast.Constant) and isinstance(part.value, str):
        return part.value
    return ast.unparse(part) if isinstance(part, ast.BinOp | ast.JoinedStr) else ""


def of_template(text: str, where: str) -> Iterator[Sentence]:
    for call in CALL.finditer(templatize(text, origin=where)):
        said = [ast.literal_eval(part) for part in call.groups()[1:] if part]
        yield _sentence(where, call[1].removesuffix("gettext").strip("_"), said)


def _sentence(where: str, kind: str, said: list[str]) -> Sentence:
    """`kind` says what `said` begins with: `p` for a context, `n` for one form of two."""
    context = said.pop(0) if "p" in kind else None
    return Sentence(where, said[0], said[1] if "n" in kind else None, context)
