"""What programs read of screenings of the house, and what a member says there."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.fields import PageAddress
from accounts.api.serializers import example
from films.api.examples import FILM_REF
from films.api.refs import FilmRefSerializer
from reviews.api.fields import FilmField
from reviews.models import Coming, ScreenedFilm, Screening
from reviews.models.coming import MOST_GUESTS
from reviews.models.screening import Access

SCREENING: Final[dict[str, Any]] = {
    "id": 12,
    "url": "https://films.example.org/screenings/12/",
    "name": "Baby Driver",
    "films": [{"film": FILM_REF, "cut": "theatrical", "format": "35mm", "language": "en", "subtitles": "de"}],
    "starts_at": "2026-12-11T19:00:00Z",
    "ends_at": "2026-12-11T20:53:00Z",
    "time_zone": "Europe/Berlin",
    "place": "The Ritz, upstairs",
    "address": "3 Mill Lane",
    "link": "https://ritz.example.org/",
    "access": ["step_free", "captions"],
    "words": "Bring a **cushion**.",
    "words_html": "<p>Bring a <strong>cushion</strong>.</p>\n",
    "price": "Free, with a hat at the door",
    "audience": "everybody",
    "seats": 40,
    "seats_left": 12,
    "answers_until": None,
    "called_off_because": "",
    "updated_at": "2026-11-28T09:00:00Z",
}
WORD: Final[dict[str, Any]] = {"state": "coming", "guests": 2, "named": True, "place": None}


class ScreenedFilmSerializer(serializers.ModelSerializer[ScreenedFilm]):
    film = FilmRefSerializer(read_only=True)
    cut = serializers.CharField(read_only=True, help_text="As in a line of the diary, or empty.")
    format = serializers.CharField(read_only=True, help_text="The same.")
    language = serializers.CharField(source="language_id", allow_null=True, read_only=True, help_text="Its code.")
    subtitles = serializers.CharField(source="subtitles_id", allow_null=True, read_only=True, help_text="Their code.")

    class Meta:
        model = ScreenedFilm
        fields = read_only_fields = ["film", "cut", "format", "language", "subtitles"]


@example(SCREENING)
class ScreeningSerializer(serializers.ModelSerializer[Screening]):
    """What the house shows, where and when."""

    url = PageAddress()
    name = serializers.CharField(source="__str__", read_only=True, help_text="Its title, or its films'.")
    films = ScreenedFilmSerializer(source="programme", many=True, read_only=True)
    time_zone = serializers.SerializerMethodField(help_text="By whose clock the house goes.")
    access = serializers.ListField(child=serializers.ChoiceField(choices=Access.choices), read_only=True)
    seats_left = serializers.IntegerField(
        source="left", allow_null=True, read_only=True, help_text="Null where nobody counts them."
    )

    class Meta:
        model = Screening
        fields = read_only_fields = list(SCREENING)

    def get_time_zone(self, screening: Screening) -> str:
        return str(self.context["time_zone"])


class ScreeningFilters(serializers.Serializer[Any]):
    when = serializers.ChoiceField(
        required=False,
        choices=["upcoming", "past"],
        help_text="Those to come, the soonest first, or those that are over, the latest first. Default: both, in turn.",
    )
    film = FilmField(required=False, help_text="A film's slug.")


@example(WORD, response_only=True)
class WordSerializer(serializers.ModelSerializer[Coming]):
    """What you said. `place`: yours on the waiting list, from 1."""

    state = serializers.SerializerMethodField(help_text="`coming`, `waiting` for a seat, or `none`.")
    named = serializers.BooleanField(source="is_named", read_only=True, help_text="Others may see that you come.")
    place = serializers.SerializerMethodField()

    class Meta:
        model = Coming
        fields = read_only_fields = list(WORD)

    @extend_schema_field({"type": "string", "enum": ["none", "coming", "waiting"]})
    def get_state(self, coming: Coming) -> str:
        if coming.pk is None:
            return "none"
        return "waiting" if coming.is_waiting else "coming"

    def get_place(self, coming: Any) -> int | None:
        return getattr(coming, "place", None) if coming.is_waiting else None


@example({"guests": 2, "named": True}, request_only=True)
class SayingWordSerializer(serializers.Serializer[Any]):
    guests = serializers.IntegerField(min_value=0, max_value=MOST_GUESTS, default=0)
    named = serializers.BooleanField(source="is_named", default=False, help_text="Others may see that you come.")
