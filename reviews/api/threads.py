"""What programs read of threads: whether one may comment, and the comments themselves."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.api.serializers import MemberRefSerializer, example
from reviews.api import examples
from reviews.api.fields import THREAD_STATE
from reviews.api.serializers import told_to
from reviews.models import Comment
from reviews.models.comment import Gone
from reviews.thread_state import Relation, state_for


@example(examples.COMMENT)
class CommentSerializer(serializers.ModelSerializer[Comment]):
    """A comment. One that is gone keeps its place when it has replies, without words or name."""

    member = serializers.SerializerMethodField()
    body = serializers.SerializerMethodField(help_text="Markdown as written; `>!…!<` for what is left out.")
    body_html = serializers.SerializerMethodField()
    covered = serializers.SerializerMethodField(help_text="Something is left out, as in a review.")
    reply_to = serializers.IntegerField(source="reply_to_id", allow_null=True, read_only=True)
    deleted = serializers.SerializerMethodField(help_text="There is nothing to read any more: see `gone`.")
    gone = serializers.SerializerMethodField()
    editable_seconds = serializers.SerializerMethodField(help_text="How long you may still edit it, where it is yours.")

    class Meta:
        model = Comment
        fields = read_only_fields = [
            "id", "member", "body", "body_html", "covered", "reply_to", "deleted", "gone", "editable_seconds",
            "created_at", "edited_at",
        ]  # fmt: skip

    @extend_schema_field(MemberRefSerializer(allow_null=True))
    def get_member(self, comment: Comment) -> Any:
        return None if comment.gone else MemberRefSerializer(comment.member).data

    def get_body(self, comment: Comment) -> str:
        return "" if comment.gone else told_to(self, comment).body

    def get_body_html(self, comment: Comment) -> str:
        return "" if comment.gone else told_to(self, comment).html

    def get_covered(self, comment: Comment) -> bool:
        return not comment.gone and told_to(self, comment).covered

    def get_deleted(self, comment: Comment) -> bool:
        return comment.gone is not None

    @extend_schema_field({"oneOf": [{"type": "string", "enum": Gone.values}, {"type": "null"}]})
    def get_gone(self, comment: Comment) -> str | None:
        """Deleted by its writer, removed by a moderator, taken down by whoever it was said to, or hidden from you."""
        return str(comment.gone) if comment.gone else None

    def get_editable_seconds(self, comment: Comment) -> int:
        mine = comment.member_id == self.context["request"].user.pk
        return comment.editable_seconds if mine else 0


@example(examples.SUBSCRIPTION)
class SubscriptionSerializer(serializers.Serializer[Any]):
    """You and a thread. `following` is null as long as you neither followed nor left it."""

    following = serializers.BooleanField(source="subscribed", allow_null=True)
    thread_state = serializers.SerializerMethodField(help_text="Whether you may comment; if not, why.")

    @extend_schema_field(THREAD_STATE)
    def get_thread_state(self, relation: Relation) -> str:
        return str(state_for(self.context["subject"], self.context["request"].user, relation))
