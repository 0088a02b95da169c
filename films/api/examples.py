"""What the documentation shows of the catalogue."""

from typing import Any, Final

FILM_REF: Final = {"slug": "baby-driver-2017", "title": "Baby Driver", "year": 2017}
PERSON_REF: Final = {"slug": "edgar-wright", "name": "Edgar Wright"}
SCORE: Final = {
    "average": 4.12,
    "count": 1284,
    "histogram": [3, 6, 14, 22, 51, 120, 241, 402, 268, 157],
    "weighted": 4.11,
}
FILM_CARD: Final[dict[str, Any]] = FILM_REF | {
    "original_title": "",
    "release_date": "2017-03-11",
    "runtime_minutes": 113,
    "poster": "https://films.example.org/media/posters/3f/3f09a1/360.webp",
    "directors": [PERSON_REF],
    "genres": [{"slug": "action", "name": "Action"}, {"slug": "crime", "name": "Crime"}],
    "countries": [{"code": "GB", "name": "United Kingdom"}],
    "languages": [{"code": "en", "name": "English"}],
    "external_ids": {"imdb": "tt3890160", "tmdb": "339403", "wikidata": "Q21086003"},
    "rating": SCORE,
    "hidden": False,
    "top_position": 204,
    "url": "https://films.example.org/films/baby-driver-2017/",
    "updated_at": "2026-11-22T17:00:00Z",
}
FILM: Final[dict[str, Any]] = FILM_CARD | {
    "tagline": "All you need is one killer track.",
    "synopsis": "A young getaway driver who hears everything to music is pressed into one last job.",
    "trailer_url": "https://www.youtube.com/watch?v=z2z857RSfhk",
    "companies": [{"slug": "working-title-films", "name": "Working Title Films"}],
    "franchise": None,
    "alternative_titles": [{"title": "Nyomd, Bébi, nyomd!", "country": "HU", "language": None}],
    "releases": [
        {"country": "GB", "kind": "cinema", "released_on": "2017-06-28", "certificate": "15", "note": ""},
    ],
    "content_notes": [{"slug": "violence", "name": "Violence"}],
    "accessibility": [{"slug": "audio-description", "name": "Audio description"}],
    "cast": [{"person": {"slug": "ansel-elgort", "name": "Ansel Elgort"}, "character": "Baby"}],
    "crew": [{"person": PERSON_REF, "job": "director", "detail": ""}],
    "soundtrack": [{"title": "Bellbottoms", "artist": "The Jon Spencer Blues Explosion", "scene": "The first job"}],
    "awards": [
        {
            "award": "Academy Awards",
            "slug": "academy-awards",
            "category": "Film Editing",
            "year": 2018,
            "outcome": "nominated",
            "people": [{"slug": "paul-machliss", "name": "Paul Machliss"}],
            "lost_to": "Dunkirk",
            "lost_to_film": "dunkirk-2017",
        }
    ],
    "availability": [
        {
            "service": {"slug": "netflix", "name": "Netflix"},
            "region": "US",
            "kind": "stream",
            "starts_on": None,
            "ends_on": "2027-01-28",
            "url": "",
        }
    ],
    "budget": {"currency": "USD", "amount": 34000000},
    "box_office": {"currency": "USD", "amount": 226945087},
    "external_scores": [
        {"source": "Metacritic", "value": 86.0, "scale": 100.0, "votes": 53, "as_of": "2026-11-22", "url": ""},
    ],
}
FILM_CHANGE: Final = {
    "title": "Baby Driver",
    "year": 2017,
    "runtime_minutes": 113,
    "genres": ["action", "crime"],
    "countries": ["GB"],
    "languages": ["en"],
    "companies": ["working-title-films"],
    "content_notes": ["violence"],
    "accessibility": ["audio-description"],
    "releases": [{"country": "GB", "kind": "cinema", "released_on": "2017-06-28", "certificate": "15"}],
}
PERSON_CARD: Final = PERSON_REF | {
    "credit_count": 12,
    "url": "https://films.example.org/people/edgar-wright/",
    "updated_at": "2026-11-22T17:00:00Z",
}
PERSON: Final = PERSON_CARD | {
    "born_on": "1974-04-18",
    "died_on": None,
    "birthplace": "Poole, Dorset",
    "biography": "Writes and directs.",
    "portrait": None,
    "external_ids": {"imdb": "nm0942367", "tmdb": "11090", "wikidata": "Q180852"},
    "credits": [{"film": FILM_REF, "job": "director", "character": "", "detail": ""}],
}
LEAVING: Final = {
    "film": FILM_REF,
    "service": {"slug": "netflix", "name": "Netflix"},
    "region": "US",
    "kind": "stream",
    "ends_on": "2027-01-28",
    "days_left": 67,
    "url": "",
}
LEFT_ADDRESS: Final = {
    "kind": "film",
    "slug": "baby-2017",
    "moved_to": "baby-driver-2017",
    "left_at": "2026-11-22T17:00:00Z",
}
