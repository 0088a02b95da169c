"""What ids in other catalogues look like. The address of the page there will do, too: the id is in it."""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SHAPES: Final = {
    ("film", "imdb"): (r"tt\d{1,10}", "tt3890160"),
    ("film", "tmdb"): (r"\d{1,12}", "339403"),
    ("film", "wikidata"): (r"Q\d{1,12}", "Q21086003"),
    ("person", "imdb"): (r"nm\d{1,10}", "nm0942367"),
    ("person", "tmdb"): (r"\d{1,12}", "11090"),
    ("person", "wikidata"): (r"Q\d{1,12}", "Q29022"),
}
HOSTS: Final = {
    "imdb": "imdb.com",
    "tmdb": "themoviedb.org",
    "wikidata": "wikidata.org",
    "wikipedia": "en.wikipedia.org",
}
PLACE: Final = re.compile(r"/(?:title|name|movie|person|entity|wiki)/([^/]+)")


def is_id(kind: str, source: str, said: str) -> bool:
    """Whether it can be one, as it stands."""
    return (kind, source) not in SHAPES or bool(re.fullmatch(SHAPES[kind, source][0], said, re.ASCII))


def id_in(kind: str, source: str, said: str) -> str:
    """The id of a film or a person that was typed, or that is in the address that was. Raises ValidationError."""
    said = said.strip()
    found = _in_address(source, said) if "://" in said or "/" in said and source != "wikipedia" else said
    if source == "wikipedia":
        if not found:
            raise ValidationError(_("Give the title of the English page, such as Baby_Driver, or its address."))
        return found.replace(" ", "_")
    if source == "tmdb" and found and found != said:
        found = found.partition("-")[0]  # the title stands behind the number
    if not found or not is_id(kind, source, found):
        sentence = _("An id there looks like %(example)s; the address of its page will do, too.")
        raise ValidationError(sentence % {"example": SHAPES[kind, source][1]})
    return found


def _in_address(source: str, said: str) -> str:
    try:
        parts = urlsplit(said if "://" in said else f"https://{said}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ""
    found = PLACE.search(unquote(parts.path))
    return found[1] if found and host == HOSTS.get(source) else ""
