"""Pages in two parts: the shell, which is the same for many readers and is kept, and the slots, filled for each.

A template marks with `{% slot "name" %}…{% endslot %}` (accounts/templatetags/slots.py) what differs. `shell_of`
renders it with its slots left open, `parts_of` renders those of one reader, which may be kept for that reader, and
`page_of` adds what surrounds every page. Rendered as any other template, the same page comes out.
"""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from itertools import cycle
from typing import Any, Final

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import Context
from django.template.base import Node
from django.template.context import make_context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from config.keeping import Key, Tags, kept_many

OPEN: Final = secrets.token_hex(16)  # around a slot's name; nobody can guess it, so nobody can have it written
TOKEN: Final = secrets.token_hex(16)  # stands in what is kept for the token of a form
LEFT_OPEN: Final = "slots_left_open"
AROUND: Final = ("header", "board", "messages", "footer")  # of templates/base.html: other ones for each request


class Shell:
    """The texts of a page between its slots.

    `extras` is what was read for the shell and is needed again to fill the slots.
    """

    def __init__(self, rendered: str, extras: Any = None) -> None:
        self.pieces, self.extras = rendered.split(OPEN), extras

    def __len__(self) -> int:
        return sum(map(len, self.pieces))

    @property
    def slots(self) -> list[str]:
        return self.pieces[1::2]

    def filled(self, slots: Mapping[str, str]) -> str:
        return "".join(slots[piece] if is_slot else piece for piece, is_slot in zip(self.pieces, cycle((False, True))))


class SlotNode(Node):
    child_nodelists = ("nodelist",)

    def __init__(self, name: str, nodelist: Any) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> SafeString:
        if context.get(LEFT_OPEN):
            return SafeString(f"{OPEN}{self.name}{OPEN}")
        return self.nodelist.render(context)


def shell_of(template: str, request: HttpRequest, context: dict[str, Any], extras: Any = None) -> Shell:
    """The template with its slots left open. Nothing outside them may depend on who asks."""
    return Shell(str(get_template(template).render(context | {LEFT_OPEN: True}, request)), extras)


class Parts:
    """A page for one reader, without what surrounds it (AROUND).

    `tags` say what it was made of; they are None where it must not be kept.
    """

    def __init__(self, shell: Shell, slots: Mapping[str, str], tags: Tags | None) -> None:
        self.shell, self.slots, self.tags = shell, slots, tags

    def __len__(self) -> int:
        """About how many bytes it costs to keep. A shell with slots is shared with other readers, and so left out."""
        return sum(map(len, self.slots.values())) or len(self.shell)


def whole_of(template: str, request: HttpRequest, context: dict[str, Any], tags: Tags | None) -> Parts:
    """A page whose template has no slots but those around it.

    If a message for the reader was added while it was made, it must not be kept.
    """
    if getattr(get_messages(request), "added_new", False):
        tags = None
    return Parts(shell_of(template, request, context | {"csrf_token": TOKEN}), {}, tags)


def parts_of(
    template: str, request: HttpRequest, context: dict[str, Any], shell: Shell, keep: Mapping[str, Key], tags: Tags
) -> Parts:
    """The shell with its slots filled.

    `keep` has keys for slots that are the same for other readers: these are kept by themselves as well.
    """
    nodes = _slots_of(template)

    def fill(names: Iterable[str]) -> dict[str, str]:
        return {name: str(nodes[name].render_annotated(bound)) for name in names}

    with _bound(template, request, context | {"csrf_token": TOKEN}) as bound:
        slots = fill(name for name in dict.fromkeys(shell.slots) if name not in keep and name not in AROUND)
        slots |= kept_many(dict(keep), tags, fill)
    return Parts(shell, slots, tags)


def page_of(template: str, request: HttpRequest, parts: Parts) -> HttpResponse:
    """The page with what surrounds it, and the token of its forms."""
    nodes = _slots_of(template)
    with _bound(template, request, {}) as bound:
        around = {name: str(nodes[name].render_annotated(bound)) for name in AROUND}
        page = parts.shell.filled({**parts.slots, **around})
        if TOKEN in page:
            page = page.replace(TOKEN, str(bound["csrf_token"]))
    return HttpResponse(page)


@contextmanager
def _bound(template: str, request: HttpRequest, context: dict[str, Any]) -> Iterator[Context]:
    compiled = get_template(template).template  # type: ignore[attr-defined]  # Django's own engine has it
    bound = make_context(context, request)
    with bound.render_context.push_state(compiled), bound.bind_template(compiled):
        yield bound


@cache
def _slots_of(template: str) -> dict[str, SlotNode]:
    """The slots of a template and of those that it extends, by name; a template's own before an extended one's."""
    found: dict[str, SlotNode] = {}
    name: str | None = template
    while name:
        compiled = get_template(name).template  # type: ignore[attr-defined]  # as above
        for node in compiled.nodelist.get_nodes_by_type(SlotNode):
            found.setdefault(node.name, node)
        extended = [node.parent_name.token.strip("\"'") for node in compiled.nodelist if hasattr(node, "parent_name")]
        name = extended[0] if extended else None
    return found
