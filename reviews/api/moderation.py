"""Reports and what became of them, decisions about oneself and appeals, and the figures of the moderation."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import CreateAPIView, GenericAPIView, ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.fields import PageAddress
from accounts.api.permissions import AnyoneReads, Members
from accounts.api.serializers import example
from films.api.queries import film_here
from films.paging import Run
from reviews import transparency
from reviews.actions.appealing import appeal
from reviews.actions.reporting import report
from reviews.api import moderation_examples as examples
from reviews.api.changes import ReportNewSerializer
from reviews.api.serializers import ReportSerializer
from reviews.cases import decisions_about, reportable_member, reports_of, seen_among
from reviews.models import Appeal, Comment, Decision, Essay, FilmList, Report, Review, Tip
from reviews.models.case import REPORTED, Reported


class Reporting(Endpoint, CreateAPIView[Any]):
    """Asking the moderators to look at something. Sent again while the report is open, it is the same report."""

    serializer_class = ReportSerializer
    permission_classes = [Members]

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        about: Reported = self.get_object()
        sent = ReportNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = report(member=self.me, about=about, **sent.validated_data)
        return Response(self.get_serializer(made).data, status=201)


@extend_schema_view(
    post=extend_schema(summary="Report a review", request=ReportNewSerializer, responses={201: ReportSerializer})
)
class ReviewReport(Reporting):
    def get_queryset(self) -> QuerySet[Review]:
        return Review.objects.visible_to(self.request.user)


@extend_schema_view(
    post=extend_schema(summary="Report a comment", request=ReportNewSerializer, responses={201: ReportSerializer})
)
class CommentReport(Reporting):
    def get_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.visible_to(self.request.user).standing()


@extend_schema_view(
    post=extend_schema(summary="Report a list", request=ReportNewSerializer, responses={201: ReportSerializer})
)
class ListReport(Reporting):
    def get_queryset(self) -> QuerySet[FilmList]:
        return FilmList.objects.visible_to(self.request.user)


@extend_schema_view(
    post=extend_schema(summary="Report an essay", request=ReportNewSerializer, responses={201: ReportSerializer})
)
class EssayReport(Reporting):
    def get_queryset(self) -> QuerySet[Essay]:
        return Essay.objects.visible_to(self.request.user)


@extend_schema_view(
    post=extend_schema(
        summary="Report what somebody recommended to you",
        request=ReportNewSerializer,
        responses={201: ReportSerializer},
    )
)
class TipReport(Reporting):
    def get_queryset(self) -> QuerySet[Tip]:
        return Tip.objects.visible_to(self.request.user).filter(to=self.me)


@extend_schema_view(
    post=extend_schema(summary="Report a member", request=ReportNewSerializer, responses={201: ReportSerializer})
)
class MemberReport(Reporting):
    def get_object(self) -> Any:
        return reportable_member(self.me, self.kwargs["username"])


@extend_schema_view(
    post=extend_schema(
        summary="Report a film",
        description="A film that is none, or is here twice. For wrong facts there are suggestions.",
        request=ReportNewSerializer,
        responses={201: ReportSerializer},
    )
)
class FilmReport(Reporting):
    def get_object(self) -> Any:
        return film_here(self)


class AboutSerializer(serializers.Serializer[Report]):
    """What was reported; no address where you may not see it any more."""

    kind = serializers.ChoiceField(choices=[name for name in (*REPORTED, "guest", "evening") if name != "quotation"])
    url = serializers.URLField(allow_null=True)
    deleted = serializers.BooleanField(help_text="It is not there any more. Moderators decide by a copy of it.")


@example(examples.MY_REPORT, response_only=True)
class MyReportSerializer(ReportSerializer):
    about = serializers.SerializerMethodField()
    url = PageAddress(source="case.get_absolute_url")

    class Meta:
        model = Report
        fields = read_only_fields = [*ReportSerializer.Meta.fields, "about", "closed_at", "outcome", "url"]

    @extend_schema_field(AboutSerializer)
    def get_about(self, row: Report) -> dict[str, Any]:
        request, seen = self.context["request"], self.context["seen"]
        about: Any = row.about
        copy = row.case.quotation
        url = request.build_absolute_uri(about.get_absolute_url()) if about in seen else None
        return {"kind": row.case.kind, "url": url, "deleted": bool(copy and copy.deleted_at)}


@extend_schema_view(
    get=extend_schema(summary="List your reports", description="The newest first, with what became of each.")
)
class MyReports(Endpoint, ListAPIView[Report]):
    permission_classes = [Members]
    serializer_class = MyReportSerializer

    def get_queryset(self) -> QuerySet[Report]:
        return reports_of(self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("created_at", "id")),)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        rows = args[0] if args else []
        seen = seen_among([row.about for row in rows], self.me)
        kwargs["context"] = {**self.get_serializer_context(), "seen": seen}
        return self.get_serializer_class()(*args, **kwargs)


@example(examples.APPEAL, response_only=True)
class AppealSerializer(serializers.ModelSerializer[Appeal]):
    outcome = serializers.SerializerMethodField(help_text="`upheld` or `reversed`; null while it waits.")

    class Meta:
        model = Appeal
        fields = read_only_fields = ["words", "made_at", "decided_at", "outcome", "answer"]

    @extend_schema_field({"type": ["string", "null"]})
    def get_outcome(self, row: Appeal) -> str | None:
        return row.outcome or None


@example(examples.APPEAL_NEW, request_only=True)
class AppealNewSerializer(serializers.Serializer[Any]):
    words = serializers.CharField(max_length=2_000, help_text="Why it should be looked at again.")


@example(examples.DECISION, response_only=True)
class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """What moderators did about something of yours. `by_program`: a rule of the program decided, and no person."""

    by_program = serializers.SerializerMethodField()
    appeal_before = serializers.DateTimeField(read_only=True)
    appeal = serializers.SerializerMethodField(help_text="Null while you have made none.")
    url = PageAddress()

    class Meta:
        model = Decision
        fields = read_only_fields = [
            "id", "kind", "rule", "excerpt", "reason", "by_program", "made_at", "until", "reversed_at",
            "appeal_before", "appeal", "url",
        ]  # fmt: skip

    def get_by_program(self, row: Decision) -> bool:
        return bool(row.by_program)

    @extend_schema_field(AppealSerializer(allow_null=True))
    def get_appeal(self, row: Decision) -> Any:
        made = getattr(row, "appeal", None)
        return None if made is None else AppealSerializer(made, context=self.context).data


@extend_schema_view(
    get=extend_schema(summary="List decisions about you", description="The newest first, each with its appeal.")
)
class MyDecisions(Endpoint, ListAPIView[Decision]):
    permission_classes = [Members]
    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet[Decision]:
        return decisions_about(self.me)

    def get_runs(self) -> tuple[Run, ...]:
        return (Run(("made_at", "id")),)


@extend_schema_view(
    post=extend_schema(
        summary="Appeal against a decision",
        description="Once, within half a year. Another moderator than the first looks at it again.",
        request=AppealNewSerializer,
        responses={201: AppealSerializer},
    )
)
class DecisionAppeal(Endpoint, GenericAPIView[Any]):
    permission_classes = [Members]
    serializer_class = AppealSerializer

    def get_queryset(self) -> QuerySet[Decision]:
        return decisions_about(self.me)

    def post(self, request: Request, pk: int) -> Response:
        decision = get_object_or_404(self.get_queryset(), pk=pk)
        sent = AppealNewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        made = appeal(member=self.me, decision=decision, words=sent.validated_data["words"])
        return Response(self.get_serializer(made).data, status=201)


class ModerationMonthSerializer(serializers.Serializer[transparency.Month]):
    month = serializers.SerializerMethodField(help_text="Year and month, `2026-11`.")
    reports = serializers.IntegerField(read_only=True)
    flags = serializers.IntegerField(read_only=True, help_text="Reports by word rules.")
    decisions = serializers.IntegerField(read_only=True)
    appeals = serializers.IntegerField(read_only=True)
    reversals = serializers.IntegerField(read_only=True)

    def get_month(self, row: transparency.Month) -> str:
        return f"{row.month:%Y-%m}"


class AppealsSerializer(serializers.Serializer[transparency.Sheet]):
    made = serializers.IntegerField(source="appeals", read_only=True)
    waiting = serializers.IntegerField(source="waiting_appeals", read_only=True)
    upheld = serializers.IntegerField(read_only=True)
    reversed = serializers.IntegerField(source="reversed_on_appeal", read_only=True)


@example(examples.TRANSPARENCY, response_only=True)
class TransparencySerializer(serializers.Serializer[transparency.Sheet]):
    """Counted from the moderators' log, at most five minutes ago."""

    months = ModerationMonthSerializer(many=True, read_only=True)
    reports = serializers.DictField(child=serializers.IntegerField(), read_only=True, help_text="By reason.")
    flags = serializers.IntegerField(read_only=True, help_text="Reports by word rules.")
    decisions = serializers.DictField(
        source="kinds", child=serializers.IntegerField(), read_only=True, help_text="By what was done."
    )
    rules = serializers.DictField(child=serializers.IntegerField(), read_only=True, help_text="By the rule broken.")
    by_people = serializers.IntegerField(read_only=True)
    by_program = serializers.IntegerField(read_only=True)
    appeals = AppealsSerializer(source="*", read_only=True)
    reversals = serializers.IntegerField(read_only=True)
    median_hours = serializers.FloatField(
        allow_null=True, read_only=True, help_text="From a member's report to what was decided."
    )
    open_cases = serializers.IntegerField(read_only=True)


@extend_schema_view(get=extend_schema(summary="Read what moderators did, in figures"))
class Transparency(Endpoint, RetrieveAPIView[Any]):
    permission_classes = [AnyoneReads]
    serializer_class = TransparencySerializer

    def get_object(self) -> Any:
        return transparency.sheet()
