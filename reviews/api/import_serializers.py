"""Imports of one's own films as programs read and write them."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import PageAddress
from accounts.api.serializers import example
from films.api.refs import FilmRefSerializer
from reviews.api import examples
from reviews.import_progress import progress_of
from reviews.imports import counts_of, says
from reviews.models import Import, ImportRow, Visibility
from reviews.stars import to_stars

IMPORT: Final[dict[str, Any]] = {
    "id": 12,
    "file": "letterboxd-ana-2026-11-22.zip",
    "source": "letterboxd",
    "state": "ready",
    "visibility": "public",
    "rule": "mine",
    "lines": 2132,
    "lines_done": 2132,
    "progress": None,
    "counts": {
        "new": 2017, "same": 80, "conflict": 9, "ambiguous": 4, "unknown": 21, "no_film": 0, "unreadable": 1,
    },
    "left_out": {"comments.csv": 14},
    "went_wrong": False,
    "created_at": "2026-11-22T17:05:00Z",
    "taken_in_at": None,
    "undone_at": None,
    "url": "https://films.example.org/accounts/data/import/12/",
}  # fmt: skip
ROW: Final[dict[str, Any]] = {
    "id": 9041,
    "file": "ratings.csv",
    "line": 7,
    "kind": "rating",
    "title": "Baby Driver",
    "year": 2017,
    "verdict": "conflict",
    "problem": None,
    "choice": "",
    "film": examples.FILM_REF,
    "candidates": [],
    "stars": 4.5,
    "watched_on": None,
    "rewatch": False,
    "says": "4½ stars",
    "taken_in": False,
}


class CountsSerializer(serializers.Serializer[Any]):
    """How many lines there are of each verdict."""

    new = serializers.IntegerField()
    same = serializers.IntegerField(help_text="What is here already.")
    conflict = serializers.IntegerField(help_text="Where yours differs: the `rule` decides, or the line's `choice`.")
    ambiguous = serializers.IntegerField(help_text="They may be about one of several films: say which.")
    unknown = serializers.IntegerField(help_text="They wait until the catalogue has their film.")
    no_film = serializers.IntegerField()
    unreadable = serializers.IntegerField(help_text="Each says why in `problem`.")


class ProgressSerializer(serializers.Serializer[Any]):
    """Lines, or changes while an import is undone."""

    done = serializers.IntegerField()
    of = serializers.IntegerField()


@example(IMPORT, status_codes=["200", "202"])
class ImportSerializer(serializers.ModelSerializer[Import]):
    file = serializers.CharField(source="file_name", read_only=True)
    lines = serializers.IntegerField(source="all_rows", read_only=True)
    lines_done = serializers.IntegerField(source="done_rows", read_only=True, help_text="Read so far.")
    progress = serializers.SerializerMethodField(help_text="Of the step under way, if there is one.")
    counts = serializers.SerializerMethodField()
    left_out = serializers.DictField(
        child=serializers.IntegerField(), read_only=True, help_text="By file, what has no place here, such as comments."
    )
    url = PageAddress()

    class Meta:
        model = Import
        fields = read_only_fields = [
            "id", "file", "source", "state", "visibility", "rule", "lines", "lines_done", "progress", "counts",
            "left_out", "went_wrong", "created_at", "taken_in_at", "undone_at", "url",
        ]  # fmt: skip

    @extend_schema_field(ProgressSerializer(allow_null=True))
    def get_progress(self, importing: Import) -> dict[str, int] | None:
        found = progress_of(importing)
        return None if found is None else {"done": found.done, "of": found.all}

    @extend_schema_field(CountsSerializer)
    def get_counts(self, importing: Import) -> dict[str, int]:
        counted: dict[int, dict[str, int]] | None = self.context.get("counted")
        found = counts_of(importing) if counted is None else counted.get(importing.pk, {})
        return {str(verdict): found.get(verdict, 0) for verdict in ImportRow.Verdict.values}


@example(
    {"file": "(the bytes of the file)", "visibility": "public"}, request_only=True, media_type="multipart/form-data"
)
class ImportNewSerializer(serializers.Serializer[Any]):
    """As `multipart/form-data`."""

    file = serializers.FileField(allow_empty_file=True, help_text="A ZIP, CSV or JSON file, under its own name.")
    visibility = serializers.ChoiceField(
        choices=Visibility.choices,
        default=Visibility.PUBLIC,
        help_text="Who sees what is new. Lists are private, but those of a copy from here.",
    )


@example({"rule": "newer"}, request_only=True)
class TakingInSerializer(serializers.Serializer[Any]):
    rule = serializers.ChoiceField(
        choices=Import.Rule.choices, required=False, help_text="For conflicts; what was chosen before if left out."
    )


@example(ROW)
class ImportRowSerializer(serializers.ModelSerializer[ImportRow]):
    film = FilmRefSerializer(read_only=True, allow_null=True)
    candidates = serializers.SerializerMethodField(help_text="Films that it may be about.")
    problem = serializers.SerializerMethodField(help_text="Why nothing can become of it, for people; or null.")
    choice = serializers.CharField(
        read_only=True, help_text="`mine`, `theirs` or `skip`; empty where the rule decides."
    )
    stars = serializers.SerializerMethodField()
    says = serializers.SerializerMethodField(help_text="What it says of the film, for people.")
    taken_in = serializers.SerializerMethodField()

    class Meta:
        model = ImportRow
        fields = read_only_fields = [
            "id", "file", "line", "kind", "title", "year", "verdict", "problem", "choice", "film", "candidates",
            "stars", "watched_on", "rewatch", "says", "taken_in",
        ]  # fmt: skip

    @extend_schema_field(FilmRefSerializer(many=True))
    def get_candidates(self, row: Any) -> Any:
        return FilmRefSerializer(row.may_be, many=True, context=self.context).data

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_problem(self, row: ImportRow) -> str | None:
        return str(ImportRow.Problem(row.problem).label) if row.problem else None

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_stars(self, row: ImportRow) -> float | None:
        return to_stars(row.half_stars)

    def get_says(self, row: ImportRow) -> str:
        return says(row)

    def get_taken_in(self, row: ImportRow) -> bool:
        return row.taken_in_at is not None


@example({"film": "baby-driver-2017"}, request_only=True)
class RowChoiceSerializer(serializers.Serializer[Any]):
    """Either which film a row is about, or what is to become of it."""

    film = serializers.CharField(
        max_length=120, required=False, allow_null=True,
        help_text="The slug of the film that all lines of this name are about; null: it is none that is here.",
    )  # fmt: skip
    choice = serializers.ChoiceField(
        choices=ImportRow.Choice.choices, required=False, allow_blank=True, help_text="Empty leaves it to the rule."
    )


class RowFilters(serializers.Serializer[Any]):
    verdict = serializers.ChoiceField(
        choices=ImportRow.Verdict.choices, required=False, help_text="Only lines of this verdict."
    )
