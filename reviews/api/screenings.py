"""What the house shows, and saying that one comes."""

from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.generics import GenericAPIView, ListAPIView, RetrieveAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from films.models import Film
from films.paging import Run
from reviews.actions.coming import come, step_back
from reviews.api.screening_serializers import (
    SayingWordSerializer,
    ScreeningFilters,
    ScreeningSerializer,
    WordSerializer,
)
from reviews.models import Coming, ScreenedFilm, Screening
from reviews.screenings import OVER, TO_COME, own_word


class Announced(Endpoint):
    """What the reader may see of the programme."""

    def get_queryset(self) -> QuerySet[Screening]:
        films = ScreenedFilm.objects.order_by("position", "id").prefetch_related(
            Prefetch("film", Film.objects.only("slug", "title", "year"))
        )
        return Screening.objects.visible_to(self.request.user).prefetch_related(Prefetch("programme", films))

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "time_zone": settings.HOUSE_TIME_ZONE}  # type: ignore[misc]  # of the generics


@extend_schema_view(
    get=extend_schema(
        summary="List screenings", description="What the house shows. Those for members are told to members only."
    )
)
class Screenings(Announced, ListAPIView[Screening]):
    serializer_class = ScreeningSerializer
    filters_class = ScreeningFilters

    def get_queryset(self) -> QuerySet[Screening]:
        said = self.asked().validated_data
        rows = super().get_queryset()
        return rows.filter(programme__film=said["film"]) if "film" in said else rows

    def get_runs(self) -> tuple[Run, ...]:
        when = self.asked().validated_data.get("when")
        return {"upcoming": (TO_COME,), "past": (OVER,)}.get(when, (TO_COME, OVER))


@extend_schema_view(get=extend_schema(summary="Read a screening"))
class OneScreening(Announced, RetrieveAPIView[Screening]):
    serializer_class = ScreeningSerializer


@extend_schema_view(
    get=extend_schema(summary="Read whether you come"),
    put=extend_schema(
        summary="Say that you come",
        description="With so many guests. Where no seat is free you are on the waiting list, and are told when one is. "
        "May be repeated; the last one holds.",
        request=SayingWordSerializer,
        responses=WordSerializer,
    ),
    delete=extend_schema(
        summary="Say that you cannot come after all", description="May be repeated.", responses={204: None}
    ),
)
class MyWord(Endpoint, GenericAPIView[Coming]):
    serializer_class = WordSerializer
    permission_classes = [Members]
    queryset = Coming.objects.none()

    def screening(self) -> Screening:
        rows = Screening.objects.visible_to(self.me)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def answer(self, screening: Screening) -> Response:
        word = own_word(screening, self.me) or Coming(screening=screening, member=self.me)
        return Response(WordSerializer(word).data)

    def get(self, request: Request, pk: int) -> Response:
        return self.answer(self.screening())

    def put(self, request: Request, pk: int) -> Response:
        screening, sent = self.screening(), SayingWordSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        come(member=self.me, screening=screening, **sent.validated_data)
        return self.answer(screening)

    def delete(self, request: Request, pk: int) -> Response:
        step_back(member=self.me, screening=self.screening())
        return Response(status=204)
