from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CommentPolicy
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.paths import path
from config.rows import Row
from films.models import Film
from reviews.models.mark import Mark
from reviews.models.tags import LONGEST_TAG, MOST_TAGS, folded
from reviews.models.viewing import Viewing
from reviews.models.visibility import Visibility, open_to
from reviews.models.written import Written
from reviews.stars import VALIDATORS, to_stars, within_scale

LONGEST_BODY = 20_000
LONG_READ = 600  # letters, some hundred words: more than a joke

# What a card does not show of a member and of a film, and so does not fetch.
UNSHOWN_OF_MEMBER = ("password", "email", "bio", "location", "pronouns", "website", "last_login")
UNSHOWN_OF_FILM = (
    "tagline", "synopsis", "search_text", "original_title", "sort_title",
)  # fmt: skip


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts_of(self, member: Any) -> Self:
        return self.filter(member=member, published_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to reviews: published ones that this viewer may read.

        A member's own stay visible to them when a moderator has removed them.
        """
        own = models.Q(member=viewer) if is_signed_in(viewer) else models.Q(pk__in=[])
        return self.published().filter(own | (models.Q(removed_at=None) & open_to(viewer)))

    def with_card(self) -> Self:
        """All that a card shows, and no more, in one query; `film_liked`: whether the writer likes the film."""
        likes = Mark.objects.liked().filter(member=models.OuterRef("member"), film=models.OuterRef("film"))
        return (
            self.select_related("member", "film", "viewing")
            .annotate(film_liked=models.Exists(likes))
            .defer(
                "body",
                "evening",
                "folded_tags",
                *(f"member__{name}" for name in UNSHOWN_OF_MEMBER),
                *(f"film__{name}" for name in UNSHOWN_OF_FILM),
            )
        )

    def at_least(self, letters: int) -> Self:
        """Those that are as long as that, as they were written."""
        return self.alias(letters=Length("body")).filter(letters__gte=letters)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")

    def best_liked(self) -> Self:
        return self.order_by("-like_count", "-published_at", "-id")


class Review(Written, Row):
    """What a member wrote about a film. A draft has no time of publishing.

    `body` is Markdown as written; `body_html` is what reviews.markup made of it.
    `version` counts the edits, so that a stale form is noticed.
    """

    # Each begins an index of more columns, which PostgreSQL would pass over for one of its own: that finds a film's
    # reviews, but not the best of them.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reviews", db_index=False
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="reviews", db_index=False)
    viewing = models.OneToOneField(Viewing, on_delete=models.SET_NULL, null=True, blank=True, related_name="review")
    # What a draft says of the evening: its day, rewatch, cut, format and place. Once posted, the viewing says it.
    evening = models.JSONField(null=True, blank=True, editable=False)
    half_stars = models.PositiveSmallIntegerField(_("stars, doubled"), null=True, blank=True, validators=VALIDATORS)
    body = models.TextField(_("review"), max_length=LONGEST_BODY)
    body_html = models.TextField(max_length=20 * LONGEST_BODY, editable=False)
    excerpt = models.CharField(max_length=400, blank=True, editable=False)
    spoilers = models.BooleanField(_("contains spoilers"), default=False)
    tags = ArrayField(models.CharField(max_length=LONGEST_TAG), size=MOST_TAGS, default=list, blank=True)
    folded_tags = folded()
    visibility = models.CharField(_("who can see this"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    updated_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    removal_reason = models.CharField(_("why"), max_length=300, blank=True)
    # The member's own policy where this is empty.
    comment_policy = models.CharField(
        _("who may comment"), max_length=10, choices=CommentPolicy, blank=True, db_default=""
    )
    pinned_at = models.DateTimeField(_("pinned"), null=True, blank=True)
    # A moderator covered it whole: the writer cannot take the cover off, but may appeal.
    spoilers_locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)
    like_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    comment_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            within_scale("review_stars_within_scale"),
            models.CheckConstraint(
                condition=models.Q(spoilers_locked_at=None) | models.Q(spoilers=True), name="review_locked_is_covered"
            ),
            models.CheckConstraint(condition=~models.Q(body=""), name="review_has_words"),
            models.UniqueConstraint(
                fields=["member", "film"], condition=models.Q(published_at=None), name="review_one_draft_a_film"
            ),
        ]
        indexes = [
            models.Index(fields=["film", "-published_at", "-id"], name="review_film_newest"),
            # With what tells who may read them, so that it is taken, and read alone, for the few best of very many.
            models.Index(
                fields=["film", "-like_count", "-published_at", "-id"],
                include=["member", "visibility", "removed_at"],
                condition=models.Q(published_at__isnull=False),
                name="review_best_of_film",
            ),
            models.Index(fields=["member", "-published_at", "-id"], name="review_member_newest"),
            # Covering as well: PostgreSQL would look for one member among all reviews of a film instead.
            models.Index(
                fields=["member", "film", "-published_at", "-id"],
                include=["visibility", "removed_at"],
                name="review_of_member_and_film",
            ),
            # Of everybody: a member sees more than what is public, and moderators what is reported.
            models.Index(fields=["-published_at", "-id"], name="review_newest"),
            models.Index(
                fields=["updated_at", "id"], name="review_by_change", condition=models.Q(published_at__isnull=False)
            ),
            models.Index(
                fields=["member", "-pinned_at"], name="review_pinned", condition=models.Q(pinned_at__isnull=False)
            ),
            GinIndex(fields=["folded_tags"], name="review_folded_tags"),
            GinIndex(models.Func("id", "body_html", "spoilers", function="words_of_review"), name="review_words"),
        ]
        permissions = [("remove_review", _("Can remove reviews and comments, and put them back"))]

    def __str__(self) -> str:
        return f"{self.member} on {self.film}"

    def get_absolute_url(self) -> str:
        return path("reviews:review", self.pk)

    def take_over(self, older: "Review") -> None:
        """When two films become one and the member has a draft on each: this one ends with the words of the older."""
        if len(self.body) + len(older.body) < LONGEST_BODY:
            self.body, self.body_html = f"{self.body}\n\n{older.body}", f"{self.body_html}\n{older.body_html}"
            self.spoilers = self.spoilers or older.spoilers
            self.version += 1
            self.evening = self.evening or older.evening

    @property
    def stars(self) -> float | None:
        return to_stars(self.half_stars)


class ReviewLike(Row):
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="likes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_likes")
    created_at = models.DateTimeField(default=timezone.now)
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "member"], name="review_like_once")]
        indexes = [models.Index(fields=["member", "-created_at"], name="review_like_member")]

    def __str__(self) -> str:
        return f"{self.member_id} likes {self.review_id}"
