"""`{% ticks facet %}`, `{% pills facet %}`, `{% picks facet %}`, `{% radios "length" rows %}`: a filter's choices.

A panel has three hundred of them (config/drawing.py).
"""

from collections.abc import Iterable
from typing import Final

from django import template
from django.utils.safestring import SafeString

from config.drawing import drawn, drawn_each
from reviews.filling import Choice, Facet

register = template.Library()

CHECK: Final = '<label class="{}"><input type="{}" name="{}" value="{}"{}><span>{} {}</span></label>'
COUNT: Final = '<span class="n" data-count="{}={}">{}</span>'
ANY: Final = '<label class="check"><input type="radio" name="{}" value=""{}><span>{}</span></label>'
PICK: Final = """\
<label><span>{}</span><select class="input" name="{}"><option value="">{}</option>{}</select></label>"""
CHECKED: Final = SafeString(" checked")


def _checks(name: str, choices: Iterable[Choice], look: str, kind: str) -> SafeString:
    def row(choice: Choice) -> tuple[object, ...]:
        count = drawn(COUNT, name, choice.value, choice.figure)
        return look, kind, name, choice.value, CHECKED if choice.is_on else "", choice.name, count

    return drawn_each(CHECK, map(row, choices))


@register.simple_tag
def pills(facet: Facet) -> SafeString:
    """Several of them may be on."""
    return drawn('<div class="pills">{}</div>', _checks(facet.name, facet.choices, "chip pill", "checkbox"))


@register.simple_tag
def ticks(facet: Facet, all: str) -> SafeString:
    """Several of them may be on: the commonest, and the others folded beneath the word `all`."""
    first, *others = (_checks(facet.name, part, "check", "checkbox") for part in facet.parts)
    folded = '<details class="fold"><summary>{}</summary>{}</details>'
    return first + drawn_each(folded, ((all, part) for part in others))


@register.simple_tag
def radios(name: str, choices: Iterable[Choice], any: str, nothing: bool) -> SafeString:
    """Radio buttons of a filter. One of them is on, or the one called `any` when `nothing` is chosen."""
    rows = _checks(name, choices, "check", "radio")
    return rows + drawn(ANY, name, CHECKED if nothing else "", any)


@register.simple_tag
def picks(facet: Facet, label: str, any: str, more: str) -> SafeString:
    """Select lists of a filter of which several can be chosen: one for each that is on, and one more."""
    if not facet.choices:
        return SafeString("")
    chosen = '<option value="{}" selected>{}</option>'
    lists = [drawn(PICK, label, facet.name, any, drawn(chosen, one.value, one.name)) for one in facet.on]
    if facet.rest:
        words = ((one.value, f"{one.name} ({one.figure})" if one.figure else one.name) for one in facet.rest)
        options = drawn_each('<option value="{}">{}</option>', words)
        lists.append(drawn(PICK, more if facet.on else label, facet.name, any, options))
    return SafeString("".join(lists))
