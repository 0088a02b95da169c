"""Bringing one's own films from elsewhere: upload, look, choose, take in, undo."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView, ListAPIView, ListCreateAPIView, RetrieveDestroyAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from config.api.reading import JSONParser
from films.addresses import film_at
from films.models import Film
from films.paging import Run
from reviews.actions import importing as actions
from reviews.api.import_serializers import (
    ImportNewSerializer,
    ImportRowSerializer,
    ImportSerializer,
    RowChoiceSerializer,
    RowFilters,
    TakingInSerializer,
)
from reviews.imports import imports_of, read_searches, rows_of
from reviews.models import Import, ImportRow


def with_candidates(rows: list[Any]) -> list[Any]:
    """Attach to rows the films that they may be about, `may_be`, in one query, and what searches ask for."""
    read_searches(rows)
    films = Film.objects.with_card().in_bulk({number for row in rows for number in row.candidates})
    for row in rows:
        row.may_be = [films[number] for number in row.candidates if number in films]
    return rows


@extend_schema_view(
    get=extend_schema(summary="List your imports", description="The newest first."),
    post=extend_schema(
        summary="Import a file",
        description="An export of Letterboxd, IMDb, Trakt, NeoDB (CSV or NDJSON), Movary, Yamtrack, Floppy, Watcharr, "
        "Simkl, TMDB, MovieLens or Netflix, whole or a file of it, or a copy from here. Which it is, is seen by "
        "itself; `source` says it. It is read later: ask for the import until its state is `ready`, look at its rows, "
        "then take it in. Nothing is stored before that.",
        request={"multipart/form-data": ImportNewSerializer},
        responses={202: ImportSerializer},
    ),
)
class Imports(Endpoint, ListCreateAPIView[Import]):
    serializer_class = ImportSerializer
    permission_classes = [Members]
    parser_classes = [JSONParser, MultiPartParser]  # JSON holds no file, and is told so as any other form

    def get_queryset(self) -> QuerySet[Import]:
        return imports_of(self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("created_at", "id")),)

    def get_serializer_context(self) -> dict[str, Any]:
        """With all counts of the page: one query for any number of imports."""
        if self.request.method != "GET":
            return dict(super().get_serializer_context())
        counted: dict[int, dict[str, int]] = defaultdict(dict)
        rows = ImportRow.objects.filter(importing__member=self.me).order_by()
        for number, verdict, count in rows.values_list("importing", "verdict").annotate(number=Count("pk")):
            counted[number][verdict] = count
        return {**super().get_serializer_context(), "counted": counted}

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        sent = ImportNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        file = sent.validated_data["file"]
        made = actions.start_import(
            member=self.me, name=file.name, content=file.read(), visibility=sent.validated_data["visibility"]
        )
        headers = {"Location": request.build_absolute_uri(f"{made.pk}/")}
        return Response(self.get_serializer(made).data, status=202, headers=headers)


class OfMine(Endpoint):
    """The base of endpoints below one import of the asker's own; of anybody else's they say that it is not there."""

    permission_classes = [Members]

    def importing(self) -> Import:
        return get_object_or_404(Import.objects.visible_to(self.me).defer("file"), pk=self.kwargs["pk"])


@extend_schema_view(
    get=extend_schema(summary="Read an import", description="How far it is, and how many lines there are of a kind."),
    delete=extend_schema(
        summary="Forget an import", description="What came in stays; it cannot be undone any more, and nothing waits."
    ),
)
class OneImport(OfMine, RetrieveDestroyAPIView[Import]):
    serializer_class = ImportSerializer

    def get_queryset(self) -> QuerySet[Import]:
        return imports_of(self.me).defer("file")

    def perform_destroy(self, importing: Import) -> None:
        actions.forget_import(member=self.me, importing=importing)


@extend_schema_view(get=extend_schema(summary="List the lines of an import", description="In the order of the files."))
class ImportRows(OfMine, ListAPIView[ImportRow]):
    serializer_class = ImportRowSerializer
    filters_class = RowFilters
    queryset = ImportRow.objects.none()

    def get_queryset(self) -> QuerySet[ImportRow]:
        self.of = self.importing()
        verdict = self.asked().validated_data.get("verdict")
        return self.of.rows.filter(verdict=verdict) if verdict else self.of.rows.all()

    def load(self, numbers: list[int]) -> list[Any]:
        rows = {row.pk: row for row in rows_of(self.of).filter(pk__in=numbers)}
        for row in rows.values():
            row.importing = self.of
        return with_candidates([rows[number] for number in numbers if number in rows])

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("id",), descending=False),)


@extend_schema_view(
    patch=extend_schema(
        summary="Choose for a line of an import",
        description="Which film it is about, also after the import was taken in; or what becomes of it.",
        request=RowChoiceSerializer,
        responses=ImportRowSerializer,
    )
)
class OneImportRow(OfMine, GenericAPIView[ImportRow]):
    serializer_class = ImportRowSerializer
    queryset = ImportRow.objects.none()
    http_method_names = ["patch"]

    def patch(self, request: Request, pk: int, row: int) -> Response:
        of = self.importing()
        found = get_object_or_404(of.rows, pk=row)
        found.importing = of
        sent = RowChoiceSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        if len(said) != 1:
            raise ValidationError(_("Send a film or a choice."), code="one")
        if "choice" in said:
            actions.choose_for_row(member=self.me, row=found, choice=said["choice"])
        else:
            film = film_at(said["film"]) if said["film"] else None
            actions.name_film(member=self.me, row=found, film=film)
        fresh = with_candidates(list(rows_of(of).filter(pk=row)))
        fresh[0].importing = of
        return Response(self.get_serializer(fresh[0]).data)


@extend_schema_view(
    post=extend_schema(
        summary="Take an import in",
        description="In one transaction, without telling anybody. It is done later: ask for the import again.",
        request=TakingInSerializer,
        responses={202: ImportSerializer},
    )
)
class TakingIn(OfMine, GenericAPIView[Import]):
    serializer_class = ImportSerializer
    queryset = Import.objects.none()

    def post(self, request: Request, pk: int) -> Response:
        of = self.importing()
        sent = TakingInSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        if rule := sent.validated_data.get("rule"):
            actions.choose_rule(member=self.me, importing=of, rule=rule)
        return Response(self.get_serializer(actions.take_in(member=self.me, importing=of)).data, status=202)


@extend_schema_view(
    post=extend_schema(
        summary="Undo an import",
        description="Everything goes back to what it was, but for what was changed since. It is done later.",
        request=None,
        responses={202: ImportSerializer},
    )
)
class Undoing(OfMine, GenericAPIView[Import]):
    serializer_class = ImportSerializer
    queryset = Import.objects.none()

    def post(self, request: Request, pk: int) -> Response:
        undone = actions.undo_import(member=self.me, importing=self.importing())
        return Response(self.get_serializer(undone).data, status=202)
