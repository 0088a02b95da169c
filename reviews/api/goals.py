"""What members mean to see in a year."""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView, get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from reviews.actions.aiming import drop_goal, set_goal
from reviews.models import Goal, Visibility
from reviews.models.goal import MOST_FILMS
from reviews.stats.years import is_year

GOAL: Final = {"year": 2026, "films": 104, "visibility": "public"}


@example(GOAL, response_only=True)
class GoalSerializer(serializers.ModelSerializer[Goal]):
    """How many films you mean to see in a year. How many they are by now, your stats of that year say."""

    class Meta:
        model = Goal
        fields = read_only_fields = ["year", "films", "visibility"]


@example({"films": 104, "visibility": "public"}, request_only=True)
class GoalSettingSerializer(serializers.Serializer[Any]):
    films = serializers.IntegerField(min_value=1, max_value=MOST_FILMS)
    visibility = serializers.ChoiceField(choices=Visibility.choices, default=Visibility.PUBLIC)


@extend_schema_view(
    get=extend_schema(summary="Read your goal for a year"),
    put=extend_schema(
        summary="Set your goal for a year",
        description="May be repeated; the last one holds.",
        request=GoalSettingSerializer,
        responses=GoalSerializer,
    ),
    delete=extend_schema(summary="Give your goal for a year up", description="May be repeated.", responses={204: None}),
)
class OneGoal(Endpoint, GenericAPIView[Goal]):
    serializer_class = GoalSerializer
    permission_classes = [Members]
    queryset = Goal.objects.none()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not is_year(self.kwargs["year"], timezone.localdate()):
            raise NotFound(_("Nobody can have seen a film in that year."))

    def get(self, request: Request, year: int) -> Response:
        return Response(GoalSerializer(get_object_or_404(Goal, member=self.me, year=year)).data)

    def put(self, request: Request, year: int) -> Response:
        sent = GoalSettingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return Response(GoalSerializer(set_goal(member=self.me, year=year, **sent.validated_data)).data)

    def delete(self, request: Request, year: int) -> Response:
        drop_goal(member=self.me, year=year)
        return Response(status=204)
