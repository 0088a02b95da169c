from datetime import timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.sight import is_signed_in, not_apart
from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Film
from reviews.models.article import Article
from reviews.models.essay import Essay
from reviews.models.film_list import FilmList
from reviews.models.review import Review
from reviews.models.subjects import TALKED, exactly_one, which_is_set

LONGEST_COMMENT = 5_000
# Long enough to mend a slip, too short to change what others have answered.
EDIT_WINDOW: Final = timedelta(minutes=5)

type Subject = Review | FilmList | Article | Film | Essay


class Gone(models.TextChoices):
    """Why a comment stands in its thread without words."""

    DELETED = "deleted", _("Its writer deleted this comment.")
    REMOVED = "removed", _("A moderator removed this comment.")
    TAKEN_DOWN = "taken_down", _("Whoever it was said to took this comment down.")
    HIDDEN = "hidden", _("A comment by somebody you do not see.")


class CommentQuerySet(models.QuerySet["Comment"]):
    def standing(self) -> Self:
        """Neither deleted by their writer, nor taken down by whose page it is, nor removed by a moderator."""
        return self.filter(deleted_at=None, taken_down_at=None, removed_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """Comments under what this viewer may read, without those of members they block or who block them.

        Deleted and removed ones stay, as tombstones without words: ask `gone` before you show `body_html`.
        """
        # Asked of each comment's own: as a set, all reviews of the site would be read first.
        reviews = Review.objects.visible_to(viewer).filter(pk=models.OuterRef("review"))
        lists = FilmList.objects.visible_to(viewer).filter(pk=models.OuterRef("film_list"))
        essays = Essay.objects.visible_to(viewer).filter(pk=models.OuterRef("essay"))
        under = (
            models.Q(models.Exists(reviews))
            | models.Q(models.Exists(lists))
            | models.Q(models.Exists(essays))
            | models.Q(article__in=Article.objects.published())
            | models.Q(film__isnull=False)
        )
        if is_signed_in(viewer):
            # Under a list "by link" only those write who followed the link: to them it is no secret.
            by_link = models.Q(
                member=viewer, film_list__visibility=FilmList.Visibility.LINK, film_list__removed_at=None
            )
            under |= by_link & not_apart(viewer, "film_list__member")
        return self.filter(under & not_apart(viewer))

    def with_subject(self) -> Self:
        """With what they stand under, and whose that is."""
        return self.select_related(
            "member", "review__film", "review__member", "film_list__member", "article", "film", "essay__member"
        )

    def marking_hidden(self, viewer: Viewer) -> Self:
        """Each with `is_hidden`: its writer is suspended, or a block keeps them and the viewer apart."""
        seen = models.When(not_apart(viewer), then=models.Value(False))
        return self.annotate(is_hidden=models.Case(seen, default=models.Value(True)))

    def in_order(self) -> Self:
        return self.order_by("created_at", "id")


def subject_name(subject: Subject) -> str:
    """By which foreign key of a comment, a subscription and so on this is meant."""
    kinds = {Review: "review", FilmList: "film_list", Article: "article", Film: "film", Essay: "essay"}
    return kinds[type(subject)]


class Comment(Row):
    """What a member says under a review, a list, an article or an essay, or in the talk about a film.

    A reply answers a comment of the same thread that is not itself a reply (a trigger holds it).
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, blank=True, related_name="comments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="comments")
    reply_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    body = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    body_html = models.TextField(max_length=20 * LONGEST_COMMENT, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    # By the member under whose review, list or essay it stands.
    taken_down_at = models.DateTimeField(null=True, blank=True)
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
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)

    # For the viewer for whom the thread was read: see CommentQuerySet.marking_hidden.
    is_hidden = False

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(condition=~models.Q(body=""), name="comment_has_words"),
            exactly_one(TALKED, "comment_in_one_thread"),
        ]
        indexes = [
            models.Index(fields=["review", "created_at", "id"], name="comment_thread"),
            models.Index(
                fields=["film_list", "created_at", "id"], name="comment_of_list", condition=models.Q(film_list__gt=0)
            ),
            models.Index(
                fields=["article", "created_at", "id"], name="comment_of_article", condition=models.Q(article__gt=0)
            ),
            models.Index(fields=["film", "created_at", "id"], name="comment_of_film", condition=models.Q(film__gt=0)),
            models.Index(
                fields=["essay", "created_at", "id"], name="comment_of_essay", condition=models.Q(essay__gt=0)
            ),
            models.Index(fields=["member", "-created_at"], name="comment_member"),
            models.Index(fields=["-created_at", "-id"], name="comment_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} under {self.subject_kind} {self.subject_id}"

    def get_absolute_url(self) -> str:
        """On the page of its thread on which it stands, however long the thread is."""
        return f"{thread_url(self.subject)}?comment={self.pk}#comment-{self.pk}"

    @property
    def subject_kind(self) -> str:
        """The foreign key that is set, one of TALKED."""
        return which_is_set(self, TALKED)

    @property
    def subject_id(self) -> int:
        number: int = getattr(self, f"{self.subject_kind}_id")
        return number

    @property
    def subject(self) -> Subject:
        """What it stands under."""
        thing: Subject = getattr(self, self.subject_kind)
        return thing

    @property
    def stands(self) -> bool:
        return self.deleted_at is None and self.taken_down_at is None and self.removed_at is None

    @property
    def gone(self) -> Gone | None:
        """Why there is nothing to read here; None where there is."""
        if self.is_hidden:
            return Gone.HIDDEN
        if self.removed_at is not None:
            return Gone.REMOVED
        if self.deleted_at is not None:
            return Gone.DELETED
        return None if self.taken_down_at is None else Gone.TAKEN_DOWN

    @property
    def editable_seconds(self) -> int:
        """How long its writer may still change it."""
        left = (self.created_at + EDIT_WINDOW - timezone.now()).total_seconds()
        return max(0, int(left)) if self.stands else 0


def owner_of(subject: Subject) -> User | None:
    """Whose policy holds in the thread, and who may take comments down: whose review, list or essay it is."""
    return subject.member if isinstance(subject, Review | FilmList | Essay) else None


def thread_url(subject: Subject) -> str:
    """The page on which the thread of something is read. A film has one for its talk, apart from its own."""
    return reverse("films:talk", args=[subject.slug]) if isinstance(subject, Film) else subject.get_absolute_url()
