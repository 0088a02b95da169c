"""Films close to one by the catalogue's facts, for a film of which nothing was learnt yet: one that was added today.

They stand where the films stand that were learnt at night (reviews/similar.py), and say why as those do. What it costs
is bounded: so many credits of so many people, and so many films of one kind, whatever the size of the catalogue.
"""

from collections.abc import Iterable
from typing import Any, Final

from accounts import prepared
from accounts.models.sight import is_signed_in
from config.freshness import WIDE
from config.keeping import Tags, kept
from films.facets import EVERY, LEAST_RATINGS
from films.freshness import MEASURES
from films.models import Film, Job
from films.models.film import UNRATED
from films.narrowing import Narrowing, Sizes
from reviews.models import Dismissal, FilmMute, Kindred
from reviews.models.taste import MOST_SHOWN
from reviews.similar import SHOWN

Why = Kindred.Why
PEOPLE: Final = 20  # of the film whose other films are looked at: directors first, then as they are billed
THEIRS: Final = 60  # films of each of them, and of a series: the newest in the catalogue
OF_A_KIND: Final = 3_000  # films of one kind and time that are looked at, of which the best known are compared
COMPARED: Final = 100
# Which films, why and in which order does not depend on what members do, but for the steps of ratings that filters
# count (films/facets.py): so what is kept of it holds until one of those changes.
TAGS: Final[Tags] = (WIDE, MEASURES)

# The film's words, and how many films have each; nothing where something was learnt.
OWN: Final = """
    SELECT w.word, coalesce((SELECT sum(c.number) FROM films_facetcount c
                             WHERE c.kind = left(w.word, 1) AND c.word = w.word), 0)::bigint
    FROM (SELECT unnest(words) FROM films_filmfacets WHERE film_id = %(film)s
          UNION SELECT unnest(%(steps)s::text[])) w (word)
    WHERE NOT EXISTS (SELECT 1 FROM reviews_kindred k WHERE k.film_id = %(film)s)
"""
BILLED: Final = "(c.job = ANY(%(jobs)s::text[]) OR c.job = 'actor' AND c.position < 6)"
FIND: Final = f"""
    WITH people AS MATERIALIZED (
        SELECT c.person_id, bool_or(c.job = 'director') AS directs FROM films_credit c
        WHERE c.film_id = %(film)s AND {BILLED}
        GROUP BY c.person_id ORDER BY directs DESC, min(c.position), c.person_id LIMIT {PEOPLE}
    ), found (film_id, why, worth) AS (
        (SELECT id, 'f', 4 FROM films_film
         WHERE franchise_id = (SELECT franchise_id FROM films_film WHERE id = %(film)s) ORDER BY id DESC LIMIT {THEIRS})
        UNION ALL
        SELECT t.film_id, CASE WHEN t.directs THEN 'd' ELSE 'p' END, CASE WHEN t.directs THEN 2 ELSE 1 END
        FROM people, LATERAL (
            SELECT c.film_id, bool_or(c.job = 'director' AND people.directs) AS directs FROM films_credit c
            WHERE c.person_id = people.person_id AND {BILLED}
            GROUP BY c.film_id ORDER BY c.film_id DESC LIMIT {THEIRS}
        ) t
        UNION ALL
        (SELECT k.film_id, %(why)s::text, 0
         FROM (SELECT film_id FROM films_filmfacets WHERE words @> %(kind)s::text[] LIMIT {OF_A_KIND}) k
         JOIN films_film f ON f.id = k.film_id ORDER BY f.renown DESC, f.id DESC LIMIT {COMPARED})
    ), shared AS (
        SELECT film_id, min(strpos('fdpkl', why)) AS why, sum(worth) AS worth
        FROM found WHERE film_id <> %(film)s GROUP BY film_id
    )
    SELECT {{columns}}, substr('fdpkl', shared.why, 1)
    FROM shared JOIN films_film f ON f.id = shared.film_id JOIN films_filmfacets s ON s.film_id = f.id,
        LATERAL (SELECT count(*) FILTER (WHERE left(word, 1) = 'g') AS genres,
                        count(*) FILTER (WHERE word = ANY(%(genres)s::text[])) AS same_genres,
                        count(*) FILTER (WHERE word = ANY(%(countries)s::text[])) AS same_countries
                 FROM unnest(s.words) word) alike
    ORDER BY shared.worth
            + alike.same_genres / greatest(1, alike.genres + cardinality(%(genres)s::text[]) - alike.same_genres)::float
            + 0.5 * greatest(0, 1 - abs(f.year - %(year)s::int) / 20.0)::float * (f.year IS NOT NULL)::int
            + 0.3 * least(1, alike.same_countries) + 0.3 * least(1, ln(1 + f.renown) / 15) DESC NULLS LAST,
        f.renown DESC, f.id
    LIMIT {MOST_SHOWN}
""".replace("{columns}", ", ".join(f"f.{name}" for name in SHOWN))  # noqa: S608 -- columns of ours


def akin_to(film_id: int, viewer: Any) -> list[Film]:
    """Cards of such films, the closest first, each with `reason`; none where something was learnt of the film.

    Three queries, and one for a viewer who is signed in while they are kept: without what they dismissed or mute.
    """
    films: list[Any] = kept(("akin", film_id), TAGS, lambda: _found(film_id))
    if not films or not is_signed_in(viewer):
        return films
    numbers = [film.pk for film in films]
    dismissed = Dismissal.objects.filter(member=viewer, film__in=numbers).values_list("film")
    unheard = set(dismissed.union(FilmMute.objects.filter(member=viewer, film__in=numbers).values_list("film")))
    return [film for film in films if (film.pk,) not in unheard]


def _found(film_id: int) -> list[Film]:
    steps = [EVERY, *(f"k{number}" for number in LEAST_RATINGS)]
    counts = dict(prepared.rows(OWN, {"film": film_id, "steps": steps}))
    if not counts:
        return []
    own = [word for word in counts if word not in steps]
    kind, why = kind_of(own, Sizes(counts))
    year = next((int(word[1:]) for word in own if word[0] == "y"), None)
    asked = {
        "film": film_id, "jobs": [Job.DIRECTOR, Job.WRITER, Job.COMPOSER, Job.CINEMATOGRAPHER], "year": year,
        "kind": list(kind) or ["-"], "why": str(why), "genres": _with("g", own), "countries": _with("c", own),
    }  # fmt: skip
    return [_card(*row) for row in prepared.rows(FIND, asked)]


def _card(*row: Any) -> Film:
    film: Any = Film.of_row(dict(zip(SHOWN, row, strict=False)) | UNRATED)
    film.reason = Why(row[-1])
    return film


def kind_of(own: Iterable[str], sizes: Sizes) -> tuple[tuple[str, ...], Why]:
    """Words that a film is to share to be of the same kind and time, or place and time; as many as leave few enough."""
    own = list(own)
    rarest = sorted(own, key=lambda word: (sizes.of_group([word]), word))
    genres, countries, decade = _with("g", rarest), _with("c", rarest), _with("d", rarest)
    if not decade or not (genres or countries):
        return (), Why.KIND
    why = Why.KIND if genres else Why.PLACE
    first, *more = genres + countries
    kind = (first, *decade)
    steps = [f"k{number}" for number in LEAST_RATINGS if sizes.of_group([f"k{number}"])]
    for word in (*more, *steps):
        if sizes.share(Narrowing(tuple((each,) for each in kind))) * sizes.whole <= OF_A_KIND:
            break
        kind = (*(each for each in kind if each not in steps), word)
    return kind, why


def _with(letter: str, words: Iterable[str]) -> list[str]:
    return [word for word in words if word[0] == letter]
