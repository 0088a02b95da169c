"""What you were told, and how you want to hear of things: the shapes of both."""

from typing import Any, Final

from rest_framework import serializers

from accounts.api.examples import MEMBER_REF
from accounts.api.fields import PageAddress
from accounts.api.serializers import MemberRefSerializer, example
from reviews.models import Mailing, Notice, Notification
from reviews.notices import Way
from reviews.telling import line_of

NOTIFICATION: Final[dict[str, Any]] = {
    "id": 512,
    "kind": "reply",
    "text": "Bea answers your comment on the review of Baby Driver (2017)",
    "excerpt": "The coffee run alone is worth it.",
    "actor": MEMBER_REF,
    "read": False,
    "created_at": "2026-11-22T17:05:00Z",
    "url": "https://films.example.org/reviews/4127/#comment-88",
}
READ: Final = {"read": True}
MARKED: Final = {"marked": 7}
CHOICE: Final = {"kind": "reply", "label": "An answer to your comment", "on_site": True, "mail": "daily", "push": True}
CHOICES: Final = {"choices": [CHOICE]}
CHANGED: Final = {"choices": [{"kind": "reply", "mail": "weekly"}]}


class NotificationFilters(serializers.Serializer[Any]):
    unread = serializers.BooleanField(required=False, help_text="Only what you have not read.")


@example(NOTIFICATION)
class NotificationSerializer(serializers.Serializer[Any]):
    """Something that you were told. What you may not see any more is not among them."""

    id = serializers.IntegerField(source="notification.pk")
    kind = serializers.ChoiceField(source="notification.kind", choices=Notice.choices)
    text = serializers.CharField(help_text="The whole of it in a sentence.")
    excerpt = serializers.CharField(help_text="The beginning of the comment, covered endings left out; or empty.")
    actor = MemberRefSerializer(source="notification.actor", allow_null=True, help_text="Null where the house tells.")
    read = serializers.BooleanField(source="notification.is_read")
    created_at = serializers.DateTimeField(source="notification.created_at")
    url = PageAddress()

    def to_representation(self, notification: Notification) -> dict[str, Any]:
        return super().to_representation(line_of(notification))


@example(READ, request_only=True)
class ReadSerializer(serializers.Serializer[Any]):
    read = serializers.BooleanField()


@example(MARKED)
class MarkedSerializer(serializers.Serializer[Any]):
    marked = serializers.IntegerField(help_text="How many were unread.")


class WaySerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Notice.choices)
    label = serializers.CharField(help_text="The kind in words.")  # type: ignore[assignment]  # a field of the answer
    on_site = serializers.BooleanField(help_text="Whether it stands among your notifications.")
    mail = serializers.ChoiceField(choices=Mailing.choices, help_text="When it comes by mail.")
    push = serializers.BooleanField(help_text="Whether your devices ring for it.")


@example(CHOICES)
class WaysSerializer(serializers.Serializer[Any]):
    """How you hear of each kind."""

    choices = WaySerializer(many=True)

    @classmethod
    def of(cls, ways: dict[str, Way]) -> dict[str, Any]:
        """The answer that shows these."""
        rows = [
            {"kind": kind, "label": Notice(kind).label, "on_site": way.on_site, "mail": way.mailing, "push": way.push}
            for kind, way in ways.items()
        ]
        return dict(cls({"choices": rows}).data)


class WayChangeSerializer(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=Notice.choices)
    on_site = serializers.BooleanField(required=False)
    mail = serializers.ChoiceField(choices=Mailing.choices, required=False)
    push = serializers.BooleanField(required=False)


@example(CHANGED, request_only=True)
class WaysChangeSerializer(serializers.Serializer[Any]):
    """Kinds that are left out, and what is left out of a kind, stay as they are."""

    choices = WayChangeSerializer(many=True, max_length=50)  # type: ignore[call-arg]  # of the list

    def ways(self, now: dict[str, Way]) -> dict[str, Way]:
        """What to hand to `choose_ways`."""
        asked = {row["kind"]: row for row in self.validated_data["choices"]}
        return {
            kind: Way(
                row.get("on_site", now[kind].on_site),
                row.get("mail", now[kind].mailing),
                row.get("push", now[kind].push),
            )
            for kind, row in asked.items()
        }
