"""What films are filed under: genres, countries, languages, companies, certificates, where to watch them."""

from typing import Any, Final

import numpy as np
from django.utils.text import slugify

from films.models import AccessFeature, Availability, Company, ContentNote, Film, Genre, Release, Service
from films.seed.load import add_terms
from reviews.seed.community.catalogue import COUNTRIES, GENRES, Films
from reviews.seed.community.chance import draw, long_tail, pair, parted
from reviews.seed.community.columns import EPOCH, Array, Coded, Column, Maybe, copy_columns
from reviews.seed.community.sizes import Sizes

SERVICES: Final = (
    "Lanternlight", "Marquee Plus", "Reelhouse", "Night Bus Films", "Aster", "Overture", "Kino Kiosk", "Matinee",
    "The Back Row", "Parallel", "Harbour Cinemas", "Odeum",
)  # fmt: skip
CERTIFICATES: Final = {"GB": ("U", "PG", "12A", "15", "18"), "US": ("G", "PG", "PG-13", "R", "NC-17")}
HOUSES: Final = ("Pictures", "Films", "Film", "Productions", "Studio", "Brothers", "Cinema", "Collective")


def file_films(sizes: Sizes, films: Films, coined: list[str]) -> None:
    """COPY what films are filed under."""
    rng = np.random.default_rng([sizes.seed, 6])
    _genres(rng, films)
    _places(rng, films)
    _companies(rng, sizes, films, coined)
    for name, model, share in (("access_features", AccessFeature, 0.07), ("content_notes", ContentNote, 0.12)):
        ids = np.array(list(model.objects.order_by("pk").values_list("pk", flat=True)))
        _join(name, films, _some(rng, films, len(ids), share), ids)
    _releases(rng, films)
    _availability(rng, sizes, films)


def _join(name: str, films: Films, pairs: Array, ids: Array) -> None:
    """COPY the rows of a many-to-many field, from pairs of places."""
    field: Any = Film._meta.get_field(name)
    film, other = parted(pairs)
    columns = {"film": films.ids[film], field.m2m_reverse_field_name(): ids[other]}
    copy_columns(field.remote_field.through, columns, len(pairs))


def _some(rng: np.random.Generator, films: Films, choices: int, share: float) -> Array:
    chosen = np.flatnonzero(rng.random(len(films)) < share)
    if not choices:
        return np.empty(0, dtype=np.int64)
    return np.unique(pair(np.repeat(chosen, 2), rng.integers(0, choices, 2 * len(chosen))))


def _genres(rng: np.random.Generator, films: Films) -> None:
    add_terms([{"genres": list(GENRES)}])
    there = dict(Genre.objects.values_list("name", "pk"))
    places = np.arange(len(films))
    second = rng.random(len(films)) < 0.65
    third = second & (rng.random(len(films)) < 0.35)
    more = [pair(places[some], rng.integers(0, len(GENRES), some.sum())) for some in (second, third)]
    pairs = np.unique(np.concatenate([pair(places, films.genre), *more]))
    _join("genres", films, pairs, np.array([there[name] for name in GENRES]))


def _places(rng: np.random.Generator, films: Films) -> None:
    codes = np.array([code.encode() for code in COUNTRIES])
    languages = sorted({language for language, _often in COUNTRIES.values()})
    spoken = np.array([languages.index(language) for language, _often in COUNTRIES.values()])
    places, also = np.arange(len(films)), np.flatnonzero(rng.random(len(films)) < 0.12)
    other = rng.integers(0, len(codes), len(also))
    _join("countries", films, np.unique(np.concatenate([pair(places, films.country), pair(also, other)])), codes)
    pairs = np.concatenate([pair(places, spoken[films.country]), pair(also, spoken[other])])
    _join("languages", films, np.unique(pairs), np.array([language.encode() for language in languages]))


def _companies(rng: np.random.Generator, sizes: Sizes, films: Films, coined: list[str]) -> None:
    number = max(5, min(5_000, sizes.films // 200))
    wanted = [f"{coined[place % len(coined)]} {HOUSES[place % len(HOUSES)]}" for place in range(number)]
    Company.objects.bulk_create([Company(name=name, slug=slugify(name)) for name in wanted], ignore_conflicts=True)
    ids = np.array(list(Company.objects.filter(name__in=wanted).order_by("pk").values_list("pk", flat=True)))
    of = np.repeat(np.arange(len(films)), rng.choice(3, len(films), p=[0.35, 0.5, 0.15]))
    weights = long_tail(rng, len(ids), steep=0.9, flat=4)
    _join("companies", films, np.unique(pair(of, draw(rng, weights, len(of)))), ids)


def _releases(rng: np.random.Generator, films: Films) -> None:
    """With the day at home for those that have one, and a certificate in two countries."""
    for code, certificates in CERTIFICATES.items():
        chosen = np.flatnonzero(rng.random(len(films)) < 0.4)
        days = films.released[chosen] + rng.integers(0, 90, len(chosen))
        columns: dict[str, Column] = {
            "film": films.ids[chosen], "country": np.full(len(chosen), code.encode()),
            "kind": Release.Kind.CINEMA.value,
            "certificate": Coded(rng.integers(0, len(certificates), len(chosen)), certificates),
            "released_on": Maybe(days, rng.random(len(chosen)) < 0.9),
        }  # fmt: skip
        copy_columns(Release, columns, len(chosen))


def _availability(rng: np.random.Generator, sizes: Sizes, films: Films) -> None:
    """Films that are much seen are shown in more places. Some leave soon, and some have left."""
    Service.objects.bulk_create([Service(name=name, slug=slugify(name)) for name in SERVICES], ignore_conflicts=True)
    there = dict(Service.objects.filter(name__in=SERVICES).values_list("name", "pk"))
    ids = np.array([there[name] for name in SERVICES])
    fame = np.argsort(np.argsort(-films.weight)) / max(1, len(films))
    of = np.repeat(np.arange(len(films)), rng.poisson(np.where(fame < 0.05, 4.0, 0.35) * ~films.upcoming))
    kinds, codes = list(Availability.Kind.values), list(COUNTRIES)[:6]
    key = np.unique(of.astype(np.int64) * 1000 + rng.integers(0, len(ids), len(of)) * 10 + rng.integers(0, 7, len(of)))
    film, service, country = key // 1000, key // 10 % 100, key % 10
    number, today = len(key), (sizes.day - EPOCH.date()).days
    starts = today - rng.integers(1, 1500, number)
    ends = np.maximum(starts, today + rng.integers(-200, 500, number))
    columns = {
        "film": films.ids[film], "service": ids[service],
        "country": Maybe(Coded(country.clip(max=len(codes) - 1), codes), country < len(codes)),
        "kind": Coded(rng.choice(len(kinds), number, p=_even(len(kinds))), kinds),
        "starts_on": Maybe(starts, rng.random(number) < 0.7), "ends_on": Maybe(ends, rng.random(number) < 0.4),
    }  # fmt: skip
    copy_columns(Availability, columns, number)


def _even(number: int) -> Array:
    """The first twice as often as the others."""
    shares = np.ones(number)
    shares[0] = 2
    return shares / shares.sum()
