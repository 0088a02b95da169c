"""What hangs on a film in short rows, fetched with the film itself: each list is a column of JSON."""

from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from films.models import (
    AccessFeature,
    AlternativeTitle,
    Award,
    Company,
    ContentNote,
    Film,
    OutsideScore,
    Person,
    Release,
    SoundtrackEntry,
)

MOST_PARTS: Final = 12
CARD: Final = (
    "id", "slug", "title", "year", "poster_key", "poster_version", "poster_alt", "rating_count", "rating_sum",
    "franchise_part",
)  # fmt: skip


def with_details(films: Any) -> Any:
    """Films with their franchise, and as lists of dictionaries: `score_list` (figures as text), `release_list`,
    `title_list`, `company_list`, `note_list`, `access_list`, and `part_list`, the others of the franchise as cards.
    """
    here = OuterRef("pk")
    titles = AlternativeTitle.objects.filter(film=here).order_by(F("country__name").asc(nulls_last=True), "title", "id")
    releases = Release.objects.filter(film=here).order_by(F("released_on").asc(nulls_last=True), "country__name", "id")
    parts = Film.objects.filter(franchise=OuterRef("franchise_id")).exclude(pk=here)
    order = F("franchise_part").asc(nulls_last=True), F("year").asc(nulls_last=True), "id"
    return films.select_related("franchise").annotate(
        score_list=_column(
            OutsideScore.objects.filter(film=here).order_by("source"),
            "source", "votes", "as_of", "url",
            value=Cast("value", TextField()), scale=Cast("scale", TextField()),
        ),
        release_list=_column(
            releases, "kind", "released_on", "certificate", "note", country="country_id", country_name="country__name",
        ),
        title_list=_column(
            titles, "title", country="country_id", country_name="country__name", language="language_id",
            language_name="language__name",
        ),
        company_list=_column(Company.objects.filter(films=here), "slug", "name"),
        note_list=_column(ContentNote.objects.filter(films=here), "slug", "name"),
        access_list=_column(AccessFeature.objects.filter(films=here), "slug", "name"),
        part_list=_column(parts.order_by(*order)[:MOST_PARTS], *CARD),
    )  # fmt: skip


def with_songs_and_prizes(films: Any) -> Any:
    """Films with `song_list` and `prize_list`: each song with its artist, each prize with whom it names."""
    here = OuterRef("pk")
    named = Person.objects.filter(awards=OuterRef("pk")).order_by("search_text", "name")
    return films.annotate(
        song_list=_column(
            SoundtrackEntry.objects.filter(film=here).order_by("position"), "title", "scene",
            artist=F("artist__name"), artist_slug=F("artist__slug"),
        ),
        prize_list=_column(
            Award.objects.filter(film=here).order_by("award", "-year", "category"), "award", "slug", "year",
            "category", "outcome", "lost_to", lost_to_slug="lost_to_film__slug", lost_to_title="lost_to_film__title",
            names=_column(named, "name", "slug"),
        ),
    )  # fmt: skip


def _column(rows: Any, *names: str, **columns: Any) -> ArraySubquery:
    return ArraySubquery(rows.values(_row=JSONObject(**{name: name for name in names}, **columns)))
