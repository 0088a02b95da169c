"""Which film of the catalogue a text from elsewhere is about. What is not certain is about none.

NeoDB and others name it by a tag of type Movie. Its address is IMDb's or TMDB's where another Intermission sends it;
else it is that of the film's page there, which says the title and the year, or is asked: NeoDB tells a program under
which addresses other sites have the film.
"""

import re
from typing import Any, Final
from urllib.parse import urlsplit

from accounts.federation.asking import NotFound, address_checked, ask, host_of, text_of
from accounts.federation.sending import ABOUT
from reviews.importers.matching import Named, find_films
from reviews.importers.neodb import ids_in

MOST_TAGS: Final = 100
LONGEST_TITLE: Final = 300
OF_NEODB: Final = re.compile(r"/movie/([A-Za-z0-9]{1,40})/?")
OF_INTERMISSION: Final = re.compile(r"/films/[\w-]{1,300}?-(\d{4})(?:-\d{1,3})?/", re.ASCII)

type Said = dict[str, Any]


def films_named(about: Said) -> dict[str, str]:
    """The addresses of the films that a text is tagged with, and what each is called there."""
    tags = about.get("tag")
    tags = tags if isinstance(tags, list) else [tags]
    movies = [tag for tag in tags[:MOST_TAGS] if isinstance(tag, dict) and tag.get("type") == "Movie"]
    return {tag["href"]: text_of(tag.get("name"), LONGEST_TITLE) for tag in movies if isinstance(tag.get("href"), str)}


def film_at(address: str, title: str, *, host: str) -> int | None:
    """The number of the film that somebody on that server names so. Raises NotNow where their server does not answer.

    Only their own server is asked.
    """
    named = Named(title="", year=None, **ids_in(address))
    if not named.imdb and not named.tmdb:
        named = _on_their_own(address, title, host) or named
    return find_films([named])[named].film


def _on_their_own(address: str, title: str, host: str) -> Named | None:
    try:
        if host_of(address_checked(address)) != host:
            return None
    except NotFound:
        return None
    path = urlsplit(address).path
    if found := OF_NEODB.fullmatch(path):
        return _told_by(host, found[1])
    found = OF_INTERMISSION.fullmatch(path)
    return Named("", "", title, int(found[1])) if found and title else None


def _told_by(host: str, number: str) -> Named | None:
    """What NeoDB's API says of a film. Raises NotNow."""
    try:
        said = ask(address_checked(f"https://{host}/api/movie/{number}"), {"Accept": "application/json"} | ABOUT)
    except NotFound:
        return None
    places = said.get("external_resources")
    places = places if isinstance(places, list) else []
    ids = ids_in(" ".join(place["url"] for place in places if isinstance(place, dict) and _is_text(place.get("url"))))
    year = said.get("year")
    return Named(title=text_of(said.get("title"), LONGEST_TITLE), year=year if type(year) is int else None, **ids)


def _is_text(said: Any) -> bool:
    return isinstance(said, str)
