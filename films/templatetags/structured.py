"""Facts for search engines: `{% ld_json data %}` writes them as JSON-LD, a block of data that no browser runs."""

import json
from typing import Any, Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from films.facts import Billed
from films.models import Film
from films.structured import film_facts

register = template.Library()

# As Django's own json_script: nothing in the data can end the block or begin another.
ESCAPES: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


class _Escaped(str):
    """JSON with its angle brackets and ampersands spelt as escapes, so that it may stand between script tags."""

    def __html__(self) -> str:
        return str(self)


@register.simple_tag
def ld_json(data: dict[str, Any]) -> SafeString:
    """`data` without what is empty, in the vocabulary of schema.org."""
    known = {"@context": "https://schema.org"} | {
        key: value for key, value in data.items() if value not in (None, "", [])
    }
    text = json.dumps(known, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', _Escaped(text))


@register.simple_tag
def film_ld_json(film: Film, billed: Billed) -> SafeString:
    return ld_json(film_facts(film, directors=billed.directors, actors=billed.actors))
