from typing import Any, Final, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CommentPolicy
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.paths import path
from config.rows import Row
from films.models import Film, Person
from reviews.models.article import WORDS_A_MINUTE
from reviews.models.review import UNSHOWN_OF_MEMBER
from reviews.models.visibility import Visibility, open_to
from reviews.models.written import Written

LONGEST_ESSAY: Final = 100_000
LONGEST_TITLE: Final = 200
MOST_FILMS: Final = 30  # and as many people


class EssayQuerySet(models.QuerySet["Essay"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def drafts_of(self, member: Any) -> Self:
        return self.filter(member=member, published_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to essays: published ones that this viewer may read.

        A member's own stay visible to them when a moderator has removed them.
        """
        own = models.Q(member=viewer) if is_signed_in(viewer) else models.Q(pk__in=[])
        return self.published().filter(own | (models.Q(removed_at=None) & open_to(viewer)))

    def with_card(self) -> Self:
        """All that a card shows but the films, and no more, in one query."""
        unshown = (f"member__{name}" for name in UNSHOWN_OF_MEMBER)
        return self.select_related("member").defer("body", "body_html", "headings", *unshown)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")


class Essay(Written, Row):
    """What a member wrote about several films, people, or cinema as such. A draft has no time of publishing.

    `body` is Markdown as written; `body_html` and `headings` are what reviews.markup made of it. `films` and `people`
    are those that its writer chose and those whose pages the text leads to. `version` counts the edits, so that a
    stale form is noticed.
    """

    # `essay_of_member` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="essays", db_index=False
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    body = models.TextField(_("text"), max_length=LONGEST_ESSAY)
    body_html = models.TextField(max_length=20 * LONGEST_ESSAY, editable=False)
    headings = models.JSONField(default=list, blank=True, editable=False)
    excerpt = models.CharField(max_length=400, blank=True, editable=False)
    word_count = models.PositiveIntegerField(default=0, editable=False)
    films = models.ManyToManyField(Film, related_name="essays", blank=True, verbose_name=_("films"))
    people = models.ManyToManyField(Person, related_name="essays", blank=True, verbose_name=_("people"))
    spoilers = models.BooleanField(_("contains spoilers"), default=False)
    visibility = models.CharField(_("who can see this"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    # The member's own policy where this is empty.
    comment_policy = models.CharField(
        _("who may comment"), max_length=10, choices=CommentPolicy, blank=True, db_default=""
    )
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
    # A moderator covered it whole: the writer cannot take the cover off, but may appeal.
    spoilers_locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    like_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    comment_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)

    objects = EssayQuerySet.as_manager()

    class Meta:
        verbose_name = _("essay")
        verbose_name_plural = _("essays")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="essay_has_a_title"),
            models.CheckConstraint(condition=~models.Q(body=""), name="essay_has_words"),
            models.CheckConstraint(
                condition=models.Q(spoilers_locked_at=None) | models.Q(spoilers=True), name="essay_locked_is_covered"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-published_at", "-id"], name="essay_of_member"),
            # Of everybody: whom a member follows shows them more than what is public.
            models.Index(fields=["-published_at", "-id"], name="essay_newest"),
            models.Index(fields=["-like_count", "-published_at", "-id"], name="essay_best"),
            GinIndex(
                models.Func("id", "title", "body_html", "spoilers", function="words_of_essay"), name="essay_words"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path("reviews:essay", self.pk)

    @property
    def reading_minutes(self) -> int:
        """Never less than one."""
        return max(1, round(self.word_count / WORDS_A_MINUTE))


class EssayLike(Row):
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="likes")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="essay_likes")
    created_at = models.DateTimeField(default=timezone.now)
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["essay", "member"], name="essay_like_once")]
        indexes = [models.Index(fields=["member", "-created_at"], name="essay_like_member")]

    def __str__(self) -> str:
        return f"{self.member_id} likes essay {self.essay_id}"
