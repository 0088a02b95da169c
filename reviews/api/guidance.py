"""What members say that films contain, and of what one wants to be told before one watches."""

from collections.abc import Mapping
from typing import Any, Final

from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import AnyoneReads, Members
from accounts.api.serializers import example
from accounts.freshness import by_tag
from config.freshness import WIDE
from config.keeping import Tags
from films.api.known import refusal
from films.api.queries import film_here
from films.api.rows import ContentNoteSerializer
from films.freshness import tag_of
from films.models import ContentNote, Film
from reviews.actions.guiding import choose_cautions, say_what_it_contains
from reviews.guidance import ENOUGH, Own, SaidOfCategory, SaidOfNote, guidance_on, own_votes
from reviews.models import Category, Caution, Level

LEVELS: Final = {level: level.name.lower() for level in Level}
MOST_NOTES: Final = 200

ANSWERS: Final = {"none": 1, "mild": 3, "moderate": 14, "severe": 2}
OF_CATEGORY: Final = {
    "category": "violence", "name": "Violence and gore", "votes": 20, "level": "moderate", "answers": ANSWERS,
}  # fmt: skip
OF_NOTE: Final = {
    "slug": "flashing-lights", "name": "Flashing lights", "is_fact": False, "votes": 13, "yes": 12, "no": 1,
    "says": "yes",
}  # fmt: skip
YOURS: Final = {"levels": {"violence": "moderate"}, "notes": {"flashing-lights": True}}
COUNTED: Final = YOURS | {"counts_from": None}
GUIDANCE: Final = {"enough": ENOUGH, "categories": [OF_CATEGORY], "notes": [OF_NOTE], "yours": COUNTED}
CAUTIONS: Final = {"notes": [{"slug": "flashing-lights", "name": "Flashing lights"}]}


class AnswersSerializer(serializers.Serializer[Any]):
    """How many say each level."""

    none = serializers.IntegerField(min_value=0)
    mild = serializers.IntegerField(min_value=0)
    moderate = serializers.IntegerField(min_value=0)
    severe = serializers.IntegerField(min_value=0)


class SaidOfCategorySerializer(serializers.Serializer[SaidOfCategory]):
    category = serializers.ChoiceField(choices=Category.choices, read_only=True)
    name = serializers.CharField(source="category.label", read_only=True)
    votes = serializers.IntegerField(read_only=True)
    level = serializers.SerializerMethodField(help_text="What most say; of two that as many say, the stronger.")
    answers = serializers.SerializerMethodField(help_text="Null, as `level` is, until enough have said.")

    @extend_schema_field({"oneOf": [{"type": "string", "enum": [*LEVELS.values()]}, {"type": "null"}]})
    def get_level(self, said: SaidOfCategory) -> str | None:
        return LEVELS[said.level] if said.is_told else None

    @extend_schema_field(AnswersSerializer(allow_null=True))
    def get_answers(self, said: SaidOfCategory) -> dict[str, int] | None:
        return {LEVELS[level]: said.answers[level] for level in Level} if said.is_told else None


class SaidOfNoteSerializer(serializers.Serializer[SaidOfNote]):
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    is_fact = serializers.BooleanField(read_only=True, help_text="The catalogue says so, whatever members say.")
    votes = serializers.IntegerField(read_only=True)
    yes = serializers.SerializerMethodField(help_text="How many say that it is there; null until enough have said.")
    no = serializers.SerializerMethodField(help_text="How many say that it is not.")
    says = serializers.SerializerMethodField(
        help_text="yes or no, where three in four say so; else mixed. Null until enough have said."
    )

    def get_yes(self, said: SaidOfNote) -> int | None:
        return said.yes if said.is_told else None

    def get_no(self, said: SaidOfNote) -> int | None:
        return said.no if said.is_told else None

    @extend_schema_field({"oneOf": [{"type": "string", "enum": ["yes", "no", "mixed"]}, {"type": "null"}]})
    def get_says(self, said: SaidOfNote) -> str | None:
        if not said.is_told:
            return None
        return "yes" if said.is_there else "no" if said.is_absent else "mixed"


@example(YOURS)
class YoursSerializer(serializers.Serializer[Any]):
    """All that you say of the film. What you leave out you say nothing about."""

    levels = serializers.DictField(
        child=serializers.ChoiceField(choices=list(LEVELS.values())),
        default=dict,
        help_text=f"Categories ({', '.join(Category.values)}), and how much of each there is.",
    )
    notes = serializers.DictField(
        child=serializers.BooleanField(), default=dict, help_text="Slugs of content notes, and whether they are true."
    )

    def to_representation(self, own: Own) -> dict[str, Any]:
        levels = {category: LEVELS[Level(level)] for category, level in sorted(own.levels.items())}
        return {"levels": levels, "notes": dict(sorted(own.notes.items()))}

    def validate_levels(self, said: Mapping[str, str]) -> dict[str, int]:
        numbers = {name: int(level) for level, name in LEVELS.items()}
        return {category: numbers[name] for category, name in said.items()}


@example(COUNTED, response_only=True)
class CountedSerializer(YoursSerializer):
    """All that you say of the film, and from when on it counts."""

    counts_from = serializers.DateTimeField(
        allow_null=True, read_only=True, help_text="Null where it counts; else the end of your first day here."
    )

    def to_representation(self, own: Own) -> dict[str, Any]:
        until = self.fields["counts_from"].to_representation(own.counts_from) if own.counts_from else None
        return super().to_representation(own) | {"counts_from": until}


@example(GUIDANCE, response_only=True)
class GuidanceSerializer(serializers.Serializer[Any]):
    """How much of what there is in a film, as members say who have seen it; apart from what the catalogue says."""

    enough = serializers.IntegerField(help_text="Nothing is told of fewer votes.")
    categories = SaidOfCategorySerializer(many=True)
    notes = SaidOfNoteSerializer(many=True)
    yours = CountedSerializer(allow_null=True, help_text="What you say of it; null for somebody signed out.")


@extend_schema_view(
    get=extend_schema(summary="Read what members say that a film contains", responses=GuidanceSerializer),
    put=extend_schema(
        summary="Say what a film contains",
        description="Replaces all that you say of it. You must have marked the film as watched. May be repeated.",
        request=YoursSerializer,
        responses=GuidanceSerializer,
    ),
    delete=extend_schema(
        summary="Take back what you say that a film contains", description="May be repeated.", responses={204: None}
    ),
)
class FilmGuidance(Endpoint, GenericAPIView[Any]):
    serializer_class = GuidanceSerializer
    permission_classes = [AnyoneReads]
    queryset = Film.objects.none()

    def get(self, request: Request, slug: str) -> Response:
        self.film = film_here(self)
        said = guidance_on(self.film)
        yours = own_votes(request.user, self.film) if request.user.is_authenticated else None
        told = {"enough": ENOUGH, "categories": said.categories, "notes": said.notes, "yours": yours}
        return Response(GuidanceSerializer(told).data)

    def put(self, request: Request, slug: str) -> Response:
        film = film_here(self)
        sent = YoursSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        say_what_it_contains(member=self.me, film=film, **sent.validated_data)
        return self.get(request, slug)

    def delete(self, request: Request, slug: str) -> Response:
        say_what_it_contains(member=self.me, film=film_here(self), levels={}, notes={})
        return Response(status=204)

    def made_of(self, said: Any) -> Tags:
        return WIDE, tag_of(self.film.pk), by_tag(self.request.user.pk)


@example(CAUTIONS, response_only=True)
class CautionsSerializer(serializers.Serializer[Any]):
    notes = ContentNoteSerializer(many=True, read_only=True)


@example({"notes": ["flashing-lights"]}, request_only=True)
class CautionsChosenSerializer(serializers.Serializer[Any]):
    notes = serializers.ListField(
        child=serializers.CharField(max_length=60), max_length=MOST_NOTES, help_text="Slugs of content notes."
    )

    def validate_notes(self, said: list[str]) -> list[ContentNote]:
        found = list(ContentNote.objects.filter(slug__in=said))
        if missing := sorted({*said} - {note.slug for note in found}):
            known = list(ContentNote.objects.values_list("slug", flat=True))
            raise serializers.ValidationError([refusal("note", each, known) for each in missing])
        return found


@extend_schema_view(
    get=extend_schema(summary="Read of what you want to be told before you watch", responses=CautionsSerializer),
    put=extend_schema(
        summary="Choose of what you want to be told before you watch",
        description="Replaces the whole choice. Nobody else learns of it. May be repeated.",
        request=CautionsChosenSerializer,
        responses=CautionsSerializer,
    ),
)
class Cautions(Endpoint, GenericAPIView[Any]):
    """Content notes that a film's page tells you of at its top."""

    permission_classes = [Members]
    serializer_class = CautionsSerializer

    def get(self, request: Request) -> Response:
        chosen = Caution.objects.visible_to(self.me)
        notes = ContentNote.objects.filter(cautions__in=chosen).order_by("name")
        return Response(CautionsSerializer({"notes": notes}).data)

    def put(self, request: Request) -> Response:
        sent = CautionsChosenSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        choose_cautions(member=self.me, notes=sent.validated_data["notes"])
        return self.get(request)
