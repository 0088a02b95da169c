from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Film
from reviews.models.incident import Incident
from reviews.models.visibility import Visibility, of_followed, open_to
from reviews.stars import VALIDATORS, to_stars, within_scale


class MarkQuerySet(models.QuerySet["Mark"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to what members think of films, one by one. Sums over all of them are the film's tallies."""
        return self.filter(open_to(viewer))

    def of_followed(self, viewer: Viewer) -> Self:
        """Of what is `visible_to` the viewer, the marks of those whom they follow."""
        return self.filter(of_followed(viewer))

    def said_something(self) -> Self:
        """Those that are not blank: seen, liked or on the watchlist. What is rated is seen."""
        return self.exclude(watched_at=None, liked_at=None, watchlisted_at=None)

    def counted(self) -> Self:
        """Ratings that count: not held by an incident, and of nobody who is suspended."""
        return self.rated().filter(incident=None, set_aside=False)

    def rated(self) -> Self:
        return self.filter(half_stars__isnull=False)

    def watched(self) -> Self:
        return self.filter(watched_at__isnull=False)

    def liked(self) -> Self:
        return self.filter(liked_at__isnull=False)

    def in_watchlist(self) -> Self:
        return self.filter(watchlisted_at__isnull=False)


class Mark(Row):
    """What one member thinks of one film now: seen, liked, stars, on the watchlist.

    A rating says that the film was seen. The tallies of the film follow by trigger.
    """

    # `mark_one_a_member_and_film` begins with it.
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="marks", db_index=False)
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="marks")
    half_stars = models.PositiveSmallIntegerField(_("stars, doubled"), null=True, blank=True, validators=VALIDATORS)
    rated_at = models.DateTimeField(null=True, blank=True)
    watched_at = models.DateTimeField(null=True, blank=True)
    liked_at = models.DateTimeField(null=True, blank=True)
    watchlisted_at = models.DateTimeField(null=True, blank=True)
    visibility = models.CharField(
        _("who can see this"),
        max_length=10,
        choices=Visibility,
        default=Visibility.PUBLIC,
        db_default=Visibility.PUBLIC,
    )
    # Given while the member saw no score of the film.
    rated_blind = models.BooleanField(default=False, db_default=False, editable=False)
    # Of a member who hides scores: when they asked to see this film's, or took back the rating that had shown it.
    score_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The incident that holds the rating: it is kept, shown to its member as held, and not counted.
    incident = models.ForeignKey(
        Incident, on_delete=models.SET_NULL, null=True, blank=True, related_name="held_marks", editable=False
    )
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        constraints = [
            models.UniqueConstraint(fields=["member", "film"], name="mark_one_a_member_and_film"),
            within_scale("mark_stars_within_scale"),
            models.CheckConstraint(
                condition=models.Q(half_stars=None) | models.Q(watched_at__isnull=False), name="mark_rated_is_watched"
            ),
            models.CheckConstraint(
                condition=models.Q(half_stars=None, rated_at=None)
                | models.Q(half_stars__isnull=False, rated_at__isnull=False),
                name="mark_rated_has_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["member", "-watched_at"], name="mark_watched", condition=models.Q(watched_at__isnull=False)
            ),
            models.Index(
                fields=["member", "-rated_at"], name="mark_rated", condition=models.Q(half_stars__isnull=False)
            ),
            models.Index(fields=["member", "-liked_at"], name="mark_liked", condition=models.Q(liked_at__isnull=False)),
            models.Index(
                fields=["member", "-watchlisted_at"],
                name="mark_watchlist",
                condition=models.Q(watchlisted_at__isnull=False),
            ),
            models.Index(fields=["film", "-rated_at"], name="mark_flow", condition=models.Q(half_stars__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.film_id}"

    def take_over(self, older: "Mark") -> None:
        """When two films become one and the member has marked both: what this mark does not say, the older one does."""
        if self.half_stars is None:
            self.half_stars, self.rated_at = older.half_stars, older.rated_at
            self.rated_blind, self.incident_id = older.rated_blind, older.incident_id
        self.score_seen_at = self.score_seen_at or older.score_seen_at
        self.watched_at = self.watched_at or older.watched_at
        self.liked_at = self.liked_at or older.liked_at
        if self.watched_at is None:
            self.watchlisted_at = self.watchlisted_at or older.watchlisted_at

    @property
    def visibilities(self) -> list[tuple[str, Any]]:
        """Whom it can be shown to, with what that is called."""
        return list(Visibility.choices)

    @property
    def stars(self) -> float | None:
        return to_stars(self.half_stars)

    @property
    def is_watched(self) -> bool:
        return self.watched_at is not None

    @property
    def is_liked(self) -> bool:
        return self.liked_at is not None

    @property
    def is_in_watchlist(self) -> bool:
        return self.watchlisted_at is not None

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing, so that it need not be kept."""
        return not (self.is_watched or self.is_liked or self.is_in_watchlist or self.score_seen_at)
