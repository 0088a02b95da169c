from collections.abc import Collection
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in, lets_in
from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Film
from reviews.models.essay import Essay
from reviews.models.film_list import FilmList
from reviews.models.mark import Mark
from reviews.models.review import Review
from reviews.models.viewing import Viewing
from reviews.models.visibility import Visibility, open_to

# What a feed shows to somebody who has chosen nothing: an index holds these apart from the rest.
SHOWN: Final = ("reviewed", "logged", "rated", "listed", "wrote_essay")
# What these lines point at is somebody else's, who may not be open to everybody that the line's own member is open to:
# by kind, what it is.
ABOUT_OTHERS: Final = {"liked_review": "review", "liked_list": "film_list", "liked_essay": "essay", "followed": "other"}


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, viewer: Viewer, *, kinds: Collection[str] = ()) -> Self:
        """What this viewer may know of; with `kinds` only these, which spares looking at what they cannot be about.

        A line about its own member's review, viewing, list, essay or mark has the visibility of that, kept by triggers
        (migrations 0003 and 0031). For a line about what is another's, that is asked here.
        """
        return self.filter(open_to(viewer))._about_others(viewer, kinds)

    def visible_in_circle(self, viewer: Viewer, *, kinds: Collection[str] = ()) -> Self:
        """The same, of lines whose member is known to be the viewer, or somebody whom the viewer follows and who is not
        apart from the viewer, nor suspended: what they show to followers is open then, and nothing else is asked.
        """
        open_ = models.Q(visibility__in=[Visibility.PUBLIC, Visibility.FOLLOWERS]) | models.Q(member=viewer)
        return self.filter(open_)._about_others(viewer, kinds)

    def _about_others(self, viewer: Viewer, kinds: Collection[str]) -> Self:
        rows = self.filter(kind__in=kinds) if kinds else self
        about = {kind: what for kind, what in ABOUT_OTHERS.items() if not kinds or kind in kinds}
        return rows.filter(*(~models.Q(kind=kind) | _others(viewer, what) for kind, what in about.items()))

    def newest(self) -> Self:
        return self.order_by("-created_at", "-id")


def _others(viewer: Viewer, what: str) -> models.Q:
    """What is somebody else's, or somebody else, is open to the viewer. By joins: they cost what is shown.

    An EXISTS in a disjunction would make PostgreSQL read all that the viewer may see before it looks at one line.
    """
    if what == "other":
        return lets_in(viewer, what) | (models.Q(other=viewer) if is_signed_in(viewer) else models.Q())
    there = models.Q(**{f"{what}__removed_at": None})
    if what != "film_list":
        there &= models.Q(**{f"{what}__published_at__isnull": False})
    return open_to(viewer, f"{what}__member", f"{what}__visibility") & there


class Activity(Row):
    """Something a member did that others may want to hear of: a line of the feed.

    It goes with what it points at. Written by reviews/actions/noting.py, in the transaction of the act itself.
    """

    class Kind(models.TextChoices):
        REVIEWED = "reviewed", _("Reviews")
        LOGGED = "logged", _("Diary")
        RATED = "rated", _("Ratings")
        LIKED = "liked", _("Liked films")
        WATCHLISTED = "watchlisted", _("Watchlists")
        LISTED = "listed", _("Lists")
        WROTE_ESSAY = "wrote_essay", _("Essays")
        LIKED_REVIEW = "liked_review", _("Liked reviews")
        LIKED_LIST = "liked_list", _("Liked lists")
        LIKED_ESSAY = "liked_essay", _("Liked essays")
        FOLLOWED = "followed", _("Follows")

    # `activity_of_member` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activities", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, related_name="activities")
    mark = models.ForeignKey(Mark, on_delete=models.CASCADE, null=True, related_name="activities")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, related_name="activities")
    viewing = models.ForeignKey(Viewing, on_delete=models.CASCADE, null=True, related_name="activities")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, related_name="activities")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, related_name="activities")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a feed")
        verbose_name_plural = _("lines of feeds")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "mark", "review", "viewing", "film_list", "essay", "other"],
                name="activity_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="activity_of_member"),
            models.Index(
                fields=["member", "-created_at", "-id"], name="activity_shown", condition=models.Q(kind__in=SHOWN)
            ),
            models.Index(fields=["-created_at", "-id"], name="activity_newest"),
            models.Index(fields=["kind", "-created_at", "-id"], name="activity_of_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind}"
