from datetime import timedelta
from functools import cache
from typing import Final, Self
from zoneinfo import available_timezones

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in
from accounts.models.token import digest
from accounts.models.viewer import Viewer
from config.paths import path
from config.rows import Row
from films.models import Film
from reviews.models.viewing import Viewing
from reviews.models.visibility import Visibility

LONGEST_NAME: Final = 60
LONGEST_USER_NAME: Final = 100
LONGEST_TITLE: Final = 300
# Told again within this time, before or after, a film is the same viewing: players send what they say more than once.
SAME_VIEWING: Final = timedelta(hours=6)


def new_secret() -> str:
    """Over 190 bits, in letters and digits alone: no player stumbles over them, and no log keeps them."""
    return get_random_string(32)


@cache
def time_zones() -> frozenset[str]:
    """The names of all that there are, the site's own among them whatever the machine knows."""
    return frozenset(available_timezones()) | {settings.TIME_ZONE}


class PlayerQuerySet(models.QuerySet["Player"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to players: each is for the eyes of its own member alone."""
        return self.filter(member=viewer) if is_signed_in(viewer) else self.none()

    def at(self, secret: str) -> Self:
        """The one whose address has this secret, if its member can come in."""
        return self.filter(digest=digest(secret), member__is_active=True)


class Player(Row):
    """An address to which a player at home tells what was watched. Only its secret's digest is kept."""

    # `player_one_a_name` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="players", db_index=False
    )
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # Of a server that several people use, whose viewings count; of anybody, if empty.
    user_name = models.CharField(_("only what this user watches"), max_length=LONGEST_USER_NAME, blank=True)
    visibility = models.CharField(_("who can see this"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PlayerQuerySet.as_manager()

    class Meta:
        verbose_name = _("player")
        verbose_name_plural = _("players")
        constraints = [
            models.UniqueConstraint("member", Lower("name"), name="player_one_a_name"),
            models.CheckConstraint(condition=~models.Q(name=""), name="player_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path("reviews:player", self.pk)


class Playing(Row):
    """Something that a player said was watched, and what became of it. The latest of each player are kept."""

    class Outcome(models.TextChoices):
        LOGGED = "logged", _("In your diary")
        SAME = "same", _("In your diary already")
        SHORT = "short", _("Stopped too early")
        OTHER = "other", _("Somebody else")
        LIMIT = "limit", _("Too many in a day")
        WAITING = "waiting", _("Which film?")

    player = models.ForeignKey(Player, on_delete=models.CASCADE, related_name="playings", db_index=False)
    at = models.DateTimeField(default=timezone.now)  # when it was watched to its end, or stopped
    heard_at = models.DateTimeField(default=timezone.now)
    watched_on = models.DateField()  # the day of `at` where the player stands
    # As the player named it; of what somebody else watched, nothing.
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    imdb = models.CharField(max_length=16, blank=True)
    tmdb = models.CharField(max_length=16, blank=True)
    percent = models.PositiveSmallIntegerField(null=True)  # how much of it was watched, if that was said
    outcome = models.CharField(max_length=8, choices=Outcome)
    film = models.ForeignKey(Film, on_delete=models.SET_NULL, null=True, related_name="+")
    # The line that was written, or stood there; none once it is out of the diary again.
    viewing = models.ForeignKey(Viewing, on_delete=models.SET_NULL, null=True, related_name="+")
    # Of a line that was written, what the member's mark had said before it.
    was_seen = models.BooleanField(default=False)
    was_listed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("playing")
        verbose_name_plural = _("playings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(percent=None) | models.Q(percent__lte=100), name="playing_percent_within_whole"
            ),
        ]
        indexes = [models.Index(fields=["player", "-heard_at", "-id"], name="playing_newest")]

    def __str__(self) -> str:
        return str(self.pk)  # what somebody watches at home is nobody else's business, wherever rows are listed

    @property
    def named(self) -> str:
        """What to call it: the film's title where that is known, else what the player said."""
        return self.film.title if self.film else self.title or self.imdb or (self.tmdb and f"TMDB {self.tmdb}")

    @property
    def is_out(self) -> bool:
        """Whether its line was written, and is in the diary no more."""
        return self.outcome in {self.Outcome.LOGGED, self.Outcome.SAME} and self.viewing_id is None

    @property
    def is_of_another_day(self) -> bool:
        """Whether it was another day where the player stands than by the clock of the site."""
        return timezone.localdate(self.at) != self.watched_on

    @property
    def may_be_taken_out(self) -> bool:
        return self.outcome == self.Outcome.LOGGED and self.viewing_id is not None
