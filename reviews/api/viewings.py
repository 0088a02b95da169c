"""What programs read of diaries."""

from rest_framework import serializers

from accounts.api.serializers import example
from films.api.refs import FilmRefSerializer
from reviews.api import examples
from reviews.api.fields import StarsField
from reviews.models import Viewing


@example(examples.VIEWING)
class ViewingSerializer(serializers.ModelSerializer[Viewing]):
    """A line of the diary: one film on one day. `review` is the id of what was written of that evening.

    `cut`, `format` and `place` are empty for others unless the member shows them (`context_shown`).
    """

    film = FilmRefSerializer(read_only=True)
    stars = StarsField(read_only=True)
    review = serializers.IntegerField(source="shown_review", allow_null=True, read_only=True)

    cut = serializers.SerializerMethodField(help_text="As in what you send, or empty.")
    format = serializers.SerializerMethodField(help_text="As in what you send, or empty.")
    place = serializers.SerializerMethodField()

    class Meta:
        model = Viewing
        fields = read_only_fields = [
            "id", "film", "watched_on", "rewatch", "stars", "review", "cut", "format", "place", "context_shown",
            "tags", "visibility", "created_at", "updated_at",
        ]  # fmt: skip

    def _shown(self, viewing: Viewing, name: str) -> str:
        mine = viewing.member_id == self.context["request"].user.pk
        return getattr(viewing, name) if viewing.context_shown or mine else ""

    def get_cut(self, viewing: Viewing) -> str:
        return self._shown(viewing, "cut")

    def get_format(self, viewing: Viewing) -> str:
        return self._shown(viewing, "format")

    def get_place(self, viewing: Viewing) -> str:
        return self._shown(viewing, "place")
