"""What members write through the API. Each checks and converts; the actions write."""

from dataclasses import asdict, replace
from typing import Any

from rest_framework import serializers

from accounts.api.serializers import example
from accounts.models import CommentPolicy
from reviews.actions.writing import Writing
from reviews.api import examples
from reviews.api.fields import FilmField, StarsField
from reviews.models import Report, Review, Viewing
from reviews.models.comment import LONGEST_COMMENT
from reviews.models.review import LONGEST_BODY
from reviews.models.tags import LONGEST_TAG, MOST_TAGS
from reviews.models.viewing import Cut, Format
from reviews.models.visibility import Visibility
from reviews.tags import clean_tags


@example(examples.MARK_CHANGE, request_only=True)
class MarkChangeSerializer(serializers.Serializer[Any]):
    """What is left out stays as it is; `"stars": null` clears the rating."""

    stars = StarsField(required=False)
    watched = serializers.BooleanField(required=False)
    liked = serializers.BooleanField(required=False)
    in_watchlist = serializers.BooleanField(required=False)
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)


class CircumstancesSerializer(serializers.Serializer[Any]):
    """Where and how a film was seen, and tags."""

    cut = serializers.ChoiceField(choices=Cut.choices, required=False, allow_blank=True)
    format = serializers.ChoiceField(choices=Format.choices, required=False, allow_blank=True)
    place = serializers.CharField(required=False, allow_blank=True, max_length=80)
    context_shown = serializers.BooleanField(required=False, help_text="Whether others see the three above.")
    tags = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_TAG), required=False, max_length=MOST_TAGS
    )
    visibility = serializers.ChoiceField(choices=Visibility.choices, required=False)

    def validate_tags(self, tags: list[str]) -> tuple[str, ...]:
        return clean_tags(tags)


class WritingSerializer(CircumstancesSerializer):
    """The parts of a review that its writer decides on."""

    body = serializers.CharField(trim_whitespace=False, max_length=LONGEST_BODY, help_text="Markdown.")
    stars = StarsField(required=False)
    watched_on = serializers.DateField(required=False, allow_null=True, help_text="With a day, it enters your diary.")
    rewatch = serializers.BooleanField(required=False)
    spoilers = serializers.BooleanField(required=False)
    comment_policy = serializers.ChoiceField(
        choices=CommentPolicy.choices,
        required=False,
        allow_blank=True,
        help_text="Who may comment; empty for what you have chosen for all you write.",
    )

    def _said(self) -> dict[str, Any]:
        names = asdict(Writing(body="")).keys()
        return {name: value for name, value in self.validated_data.items() if name in names}


@example(examples.REVIEW_NEW, request_only=True)
class ReviewNewSerializer(WritingSerializer):
    film = FilmField(help_text="The film's slug.")

    def writing(self) -> Writing:
        return Writing(**self._said())


@example(examples.REVIEW_CHANGE, request_only=True)
class ReviewChangeSerializer(WritingSerializer):
    """What is left out stays. With `version`, a review that was changed elsewhere is refused with 409."""

    body = serializers.CharField(trim_whitespace=False, required=False, max_length=LONGEST_BODY, help_text="Markdown.")
    version = serializers.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def writing(self, review: Review) -> Writing:
        viewing = review.viewing
        now = Writing(
            body=review.body,
            half_stars=review.half_stars,
            watched_on=viewing.watched_on if viewing else None,
            rewatch=viewing.rewatch if viewing else False,
            spoilers=review.spoilers,
            tags=tuple(review.tags),
            visibility=review.visibility,
            cut=viewing.cut if viewing else "",
            format=viewing.format if viewing else "",
            place=viewing.place if viewing else "",
            context_shown=viewing.context_shown if viewing else False,
            comment_policy=review.comment_policy,
        )
        return replace(now, **self._said())


class CommentBodySerializer(serializers.Serializer[Any]):
    body = serializers.CharField(trim_whitespace=False, max_length=LONGEST_COMMENT, help_text="Markdown.")


@example(examples.COMMENT_NEW, request_only=True)
class CommentNewSerializer(CommentBodySerializer):
    reply_to = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        help_text="The comment that this one answers; replies go one deep.",
    )


@example(examples.COMMENT_CHANGE, request_only=True)
class CommentChangeSerializer(CommentBodySerializer):
    pass


@example(examples.REPORT_NEW, request_only=True)
class ReportNewSerializer(serializers.Serializer[Any]):
    reason = serializers.ChoiceField(choices=Report.Reason.choices)
    message = serializers.CharField(required=False, allow_blank=True, max_length=1000)


@example(examples.VIEWING_NEW, request_only=True)
class ViewingNewSerializer(CircumstancesSerializer):
    film = FilmField(help_text="The film's slug.")
    watched_on = serializers.DateField()
    rewatch = serializers.BooleanField(required=False)
    stars = StarsField(required=False)


@example(examples.VIEWING_CHANGE, request_only=True)
class ViewingChangeSerializer(CircumstancesSerializer):
    """What is left out stays as it is."""

    watched_on = serializers.DateField(required=False)
    rewatch = serializers.BooleanField(required=False)
    stars = StarsField(required=False)

    def line(self, viewing: Viewing) -> dict[str, Any]:
        """What to hand to `change_viewing`."""
        now = {"watched_on": viewing.watched_on, "rewatch": viewing.rewatch, "half_stars": viewing.half_stars}
        return now | self.validated_data
