"""What a member wrote about a film, before it is stored."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.legible import is_legible
from accounts.models import CommentPolicy
from reviews.actions.diary import Circumstances, as_kept, check_circumstances
from reviews.days import check_watched_on
from reviews.lengths import too_long
from reviews.models import Review
from reviews.models.review import LONGEST_BODY
from reviews.models.visibility import Visibility
from reviews.tags import clean_tags


@dataclass(frozen=True, kw_only=True)
class Writing:
    """What a member wrote, before it is stored. Stars are half-stars, 1 to 10, or none."""

    body: str
    half_stars: int | None = None
    watched_on: date | None = None
    rewatch: bool = False
    spoilers: bool = False
    tags: tuple[str, ...] = field(default=())
    visibility: str = Visibility.PUBLIC
    comment_policy: str = ""  # empty: as the member has it everywhere
    # Where and how it was seen; they count only with a day. See reviews.actions.diary.Circumstances.
    cut: str = ""
    format: str = ""
    place: str = ""
    context_shown: bool = False

    @property
    def circumstances(self) -> Circumstances:
        return {
            "cut": self.cut, "format": self.format, "place": self.place, "context_shown": self.context_shown,
            "visibility": self.visibility, "tags": self.tags,
        }  # fmt: skip

    @property
    def evening(self) -> dict[str, Any]:
        """What a draft keeps of it until it is posted; see Review.evening."""
        where = as_kept({"cut": self.cut, "format": self.format, "place": self.place})
        day = self.watched_on.isoformat() if self.watched_on else ""
        return {"watched_on": day, "rewatch": self.rewatch, **where, "context_shown": self.context_shown}

    def check(self) -> None:
        """Raise ValidationError, by field, for what cannot be stored."""
        errors: dict[str, list[str]] = {}
        if not is_legible(self.body):
            errors["body"] = [_("Write something first: one sentence is enough.")]
        elif told := too_long(self.body, LONGEST_BODY):
            errors["body"] = [told]
        if self.visibility not in Visibility.values:
            errors["visibility"] = [_("Choose who can see this.")]
        else:
            try:
                check_circumstances(self.circumstances)
            except ValidationError as refusal:
                errors |= refusal.message_dict
        if self.comment_policy not in {"", *CommentPolicy.values}:
            errors["comment_policy"] = [_("Choose who may comment.")]
        if self.watched_on is not None:
            try:
                check_watched_on(self.watched_on)
            except ValidationError as refusal:
                errors |= refusal.message_dict
        if errors:
            raise ValidationError(errors)


def says(review: Review, writing: Writing) -> bool:
    """Whether that is what it says already."""
    covered = writing.spoilers or review.spoilers_locked_at is not None
    here = (review.body, review.half_stars, review.spoilers, review.visibility, review.comment_policy)
    said = (writing.body, writing.half_stars, covered, writing.visibility, writing.comment_policy)
    if here != said or tuple(review.tags) != clean_tags(writing.tags):
        return False
    if review.is_draft:
        return review.evening == writing.evening
    if review.viewing is None or writing.watched_on is None:
        return review.viewing is None and writing.watched_on is None
    evening = {"watched_on": writing.watched_on, "rewatch": writing.rewatch, **as_kept(writing.circumstances)}
    return all(getattr(review.viewing, name) == value for name, value in evening.items())
