"""Films in TMDB's JSON (version 3): whole answers with every part, pages of search results, or a single part."""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from films.importers.entries import Billing, Entry, Unusable
from films.importers.json_files import Value
from films.importers.tmdb_words import GENRES, LANGUAGES, OFFERS, RELEASES, job_of
from films.importers.values import cut_line, day, line, money, number, paragraphs, runtime, whole, year_of
from films.models import Job
from films.models.outside import is_id
from films.record import Json
from films.seed.cleaning import clean_genres, clean_name

type Row = dict[str, Any]

LONGEST_NAME: Final = 150
MOST_RENOWN: Final = 900  # below what the house itself puts first
VOTES_A_POINT: Final = 20
LISTS: Final = ("results", "movie_results")
TRAILER: Final = "https://www.youtube.com/watch?v={}"
KEY: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
# What tells a row of a list that does not say what it is.
MARKS: Final = {"title": "movie", "first_air_date": "tv", "known_for_department": "person", "known_for": "person"}
NO_FILM: Final[dict[str, Any]] = {
    "tv": gettext_lazy("It is a series, not a film."), "person": gettext_lazy("It is a person, not a film."),
}  # fmt: skip


def films_in(found: Value) -> Iterator[Entry | Unusable]:
    """Every film of an answer, or why there is none in it."""
    where, value = found
    if not isinstance(value, dict):
        yield Unusable(where, _("There is no film in it."))
    elif "title" in value or "original_title" in value:
        yield _film(where, value)
    elif "success" in value or "status_message" in value:
        yield Unusable(where, _("TMDB refused to answer."))
    elif value.get("id") and _is_part(value.get("results")):
        yield _part(where, value)
    elif rows := [row for name in LISTS for row in _rows(value.get(name))]:
        for place, row in enumerate(rows, 1):
            yield from _listed(_("%(file)s, entry %(number)d") % {"file": where, "number": place}, row)
    elif "biography" in value or "known_for_department" in value:
        yield Unusable(where, _("It is a person, not a film."))
    else:
        yield from _by_name(where, value)


def _by_name(where: str, value: Row) -> Iterator[Entry | Unusable]:
    """Films in the short form, as a dictionary of them."""
    rows = [row for row in value.values() if isinstance(row, dict) and "tmdb_id" in row]
    if not rows:
        yield Unusable(where, _("There is no film in it."))
    for place, row in enumerate(rows, 1):
        people = [{"name": name, "order": order} for order, name in enumerate(_list(row.get("cast")))]
        director = [{"name": row["director"], "job": "Director"}] if line(row.get("director")) else []
        full = row | {
            "id": row["tmdb_id"], "release_date": str(row.get("year") or ""),
            "genres": [{"name": name} for name in _list(row.get("genres"))],
            "credits": {"cast": people, "crew": [one for one in director if one["name"] != "Unknown"]},
        }  # fmt: skip
        yield _film(_("%(file)s, entry %(number)d") % {"file": where, "number": place}, full)


def _listed(where: str, row: Row) -> Iterator[Entry | Unusable]:
    guess = next((kind for mark, kind in MARKS.items() if mark in row), "")
    kind = row.get("media_type") or guess
    if kind == "movie":
        yield _film(where, row)
    else:
        yield Unusable(where, str(NO_FILM.get(str(kind), _("There is no film in it."))))


def _is_part(results: Any) -> bool:
    return isinstance(results, dict) or any("release_dates" in row for row in _rows(results))


def _part(where: str, value: Row) -> Entry:
    parts = {"watch/providers": value} if isinstance(value["results"], dict) else {"release_dates": value}
    facts = {"releases": _releases(parts), "availability": _offers(parts)}
    return Entry(
        where, ids={"tmdb": str(value["id"])}, is_part=True, facts={key: rows for key, rows in facts.items() if rows}
    )


def _film(where: str, row: Row) -> Entry | Unusable:
    number_there = whole(row.get("id"), 1, 1 << 40)
    title = line(row.get("title")) or line(row.get("original_title"))
    if number_there is None or not title:
        return Unusable(where, _("It has no title, or no id of TMDB's."))
    outside = _row(row.get("external_ids"))
    ids = {"tmdb": str(number_there), "imdb": line(row.get("imdb_id") or outside.get("imdb_id"), 20),
           "wikidata": line(outside.get("wikidata_id"), 20)}  # fmt: skip
    facts = _own_facts(row) | {
        "genres": clean_genres(_names(row, "genres", 40) or _numbered_genres(row)),
        "countries": sorted({line(one.get("iso_3166_1"), 4) for one in _rows(row.get("production_countries"))} - {""}),
        "languages": sorted({_language(one) for one in _rows(row.get("spoken_languages"))} - {""}),
        "companies": list(dict.fromkeys(_names(row, "production_companies", 120))),
        "titles": _titles(row),
        "releases": _releases(row),
        "availability": _offers(row),
    }
    return Entry(
        where,
        title=title,
        year=year_of(row.get("release_date")),
        ids={source: value for source, value in ids.items() if value and is_id("film", source, value)},
        facts={key: value for key, value in facts.items() if value not in (None, "", [], {})},
        credits=list(_credits(_row(row.get("credits")))),
        renown=min(MOST_RENOWN, (whole(row.get("vote_count"), 0, 1 << 40) or 0) // VOTES_A_POINT),
        poster=line(row.get("poster_path"), 100),
    )


def _numbered_genres(row: Row) -> list[str]:
    return [GENRES.get(whole(one, 1, 1 << 20) or 0, "") for one in _list(row.get("genre_ids"))]


def _own_facts(row: Row) -> dict[str, Json]:
    votes = whole(row.get("vote_count"), 1, 1 << 40)
    value = number(row.get("vote_average"), 10) if votes else None
    series = cut_line(_row(row.get("belongs_to_collection")).get("name"), 120)
    return {
        "original_title": other if (other := line(row.get("original_title"))) != line(row.get("title")) else "",
        "release_date": day(row.get("release_date")),
        "runtime_minutes": runtime(row.get("runtime")),
        "tagline": line(row.get("tagline")),
        "synopsis": paragraphs(row.get("overview")),
        "trailer_url": _trailer(row),
        "budget": money("USD", row.get("budget")),
        "box_office": money("USD", row.get("revenue")),
        "franchise": {"name": series.removesuffix(" Collection"), "part": None} if series else None,
        "scores.TMDB": {"value": value, "scale": "10", "votes": votes, "as_of": None, "url": ""} if value else None,
    }


def _titles(row: Row) -> list[Row]:
    rows = [
        {"title": title, "country": line(one.get("iso_3166_1"), 4) or None, "language": None}
        for one in _rows(_row(row.get("alternative_titles")).get("titles"))
        if (title := line(one.get("title"))) and title != row.get("title")
    ]
    return _once(rows)


def _releases(row: Row) -> list[Row]:
    rows = [
        {"country": line(place.get("iso_3166_1"), 4), "kind": str(kind), "released_on": day(one.get("release_date")),
         "certificate": cut_line(one.get("certification"), 40), "note": cut_line(one.get("note"), 120)}
        for place in _rows(_row(row.get("release_dates")).get("results"))
        for one in _rows(place.get("release_dates"))
        if (kind := RELEASES.get(whole(one.get("type") or 3, 1, 6) or 0))
    ]  # fmt: skip
    usable = [one for one in rows if one["country"] and (one["released_on"] or one["certificate"])]
    return _once(usable, "country", "kind", "released_on")


def _offers(row: Row) -> list[Row]:
    rows = [
        {"service": service, "country": line(country, 4), "kind": str(kind), "starts_on": None, "ends_on": None,
         "url": line(_row(offers).get("link"), 300)}
        for country, offers in _row(_row(row.get("watch/providers")).get("results")).items()
        for name, kind in OFFERS.items()
        for one in _rows(_row(offers).get(name))
        if (service := line(one.get("provider_name"), 60))
    ]  # fmt: skip
    return _once(rows, "service", "country", "kind")


def _credits(credits: Row) -> Iterator[Billing]:
    cast = sorted(_rows(credits.get("cast")), key=lambda one: whole(one.get("order"), 0, 1 << 30) or 0)
    for one in cast:
        if name := clean_name(line(one.get("name"), LONGEST_NAME)):
            yield Billing(Job.ACTOR, name, cut_line(one.get("character"), 200), "", _id(one))
    for one in _rows(credits.get("crew")):
        if (name := clean_name(line(one.get("name"), LONGEST_NAME))) and (job := line(one.get("job"), 100)):
            ours, detail = job_of(job, line(one.get("department")))
            yield Billing(ours, name, "", detail, _id(one))


def _trailer(row: Row) -> str:
    """The first trailer, the official ones before the others; both of TMDB's forms."""
    found = [one for one in _rows(_row(row.get("videos")).get("results")) if one.get("site") == "YouTube"]
    found.sort(key=lambda one: not one.get("official"))
    older = [{"key": one.get("source"), "type": one.get("type")}
             for one in _rows(_row(row.get("trailers")).get("youtube"))]  # fmt: skip
    keys = [str(one.get("key")) for one in [*found, *older] if one.get("type") == "Trailer"]
    return next((TRAILER.format(key) for key in keys if 5 < len(key) < 20 and KEY.issuperset(key)), "")


def _language(row: Row) -> str:
    code = line(row.get("iso_639_1"), 8)
    return LANGUAGES.get(code, code)


def _id(row: Row) -> str:
    known = whole(row.get("id"), 1, 1 << 40)
    return str(known) if known else ""


def _names(row: Row, key: str, longest: int) -> list[str]:
    return [name for one in _rows(row.get(key)) if (name := line(one.get("name"), longest))]


def _row(value: Any) -> Row:
    return value if isinstance(value, dict) else {}


def _rows(value: Any) -> list[Row]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _once(rows: list[Row], *names: str) -> list[Row]:
    """Each row once, by these of its values or by all."""
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        kept.setdefault(tuple(row[name] for name in names or row), row)
    return list(kept.values())
