from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.models import Film
from reviews.models.film_list import FilmList
from reviews.models.mark import Mark
from reviews.models.review import Review
from reviews.models.viewing import Viewing
from reviews.models.visibility import Visibility, open_to


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, viewer: Any) -> Self:
        """What this viewer may know of. The row's own visibility decides, and so does that of what it points at."""
        through = (
            models.Q(review=None) | models.Q(review__in=Review.objects.visible_to(viewer)),
            models.Q(viewing=None) | models.Q(viewing__in=Viewing.objects.visible_to(viewer)),
            models.Q(film_list=None) | models.Q(film_list__in=FilmList.objects.visible_to(viewer)),
            models.Q(mark=None) | models.Q(mark__in=Mark.objects.visible_to(viewer)),
        )
        return self.filter(open_to(viewer), *through)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-id")


class Activity(models.Model):
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
        LIKED_REVIEW = "liked_review", _("Liked reviews")
        LIKED_LIST = "liked_list", _("Liked lists")
        FOLLOWED = "followed", _("Follows")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=12, choices=Kind)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, related_name="activities")
    mark = models.ForeignKey(Mark, on_delete=models.CASCADE, null=True, related_name="activities")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, related_name="activities")
    viewing = models.ForeignKey(Viewing, on_delete=models.CASCADE, null=True, related_name="activities")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, related_name="activities")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "mark", "review", "viewing", "film_list", "other"],
                name="activity_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="activity_of_member"),
            models.Index(fields=["-created_at", "-id"], name="activity_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.kind}"
