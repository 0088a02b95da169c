from typing import Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Film
from reviews.models.viewing import Cut
from reviews.models.visibility import open_to

LONGEST_DETAILS: Final = 120
LONGEST_NAME: Final = 60  # of whoever has it on loan
MOST_COPIES: Final = 10_000  # of a member
MOST_OF_A_FILM: Final = 20
# What is nobody's but their own, also where the shelf itself is shown.
UNSHOWN: Final = ("details", "lent_to", "lent_on")


class CopyKind(models.TextChoices):
    """What one owns."""

    BLU_RAY = "bluray", _("Blu-ray")
    UHD = "uhd", _("4K UHD")
    DVD = "dvd", _("DVD")
    VHS = "vhs", _("VHS")
    DIGITAL = "digital", _("Digital copy")
    PRINT = "print", _("Film print")
    OTHER = "other", _("Something else")


class OwnedCopyQuerySet(models.QuerySet["OwnedCopy"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to shelves: one's own, and those that their members show. What is UNSHOWN no row tells others:
        see `shelf_of` in reviews/shelf.py.
        """
        return self.filter(open_to(viewer, visibility="member__shelf_policy"))

    def lent(self) -> Self:
        return self.exclude(lent_to="")

    def at_hand(self) -> Self:
        return self.filter(lent_to="")


class OwnedCopy(Row):
    """A copy of a film that a member owns. They may have several of one film."""

    # `owned_copy_newest` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="owned_copies", db_index=False
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="owned_copies")
    kind = models.CharField(_("kind of copy"), max_length=8, choices=CopyKind)
    cut = models.CharField(_("cut"), max_length=12, choices=Cut, blank=True, db_default="")
    details = models.CharField(_("where it stands, or what it is"), max_length=LONGEST_DETAILS, blank=True)
    # The first day of the year where only the year is known.
    since = models.DateField(_("yours since"), null=True, blank=True)
    since_is_year = models.BooleanField(default=False, db_default=False)
    lent_to = models.CharField(_("lent to"), max_length=LONGEST_NAME, blank=True)
    lent_on = models.DateField(_("lent on"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = OwnedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy on a shelf")
        verbose_name_plural = _("copies on shelves")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=CopyKind.values),
                name="owned_copy_kind_known",
            ),
            models.CheckConstraint(condition=models.Q(cut__in=["", *Cut.values]), name="owned_copy_cut_known"),
            models.CheckConstraint(
                condition=models.Q(since_is_year=False) | models.Q(since__isnull=False, since__month=1, since__day=1),
                name="owned_copy_year_begins_it",
            ),
            models.CheckConstraint(
                condition=models.Q(lent_on=None) | ~models.Q(lent_to=""), name="owned_copy_lent_to_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="owned_copy_newest"),
            models.Index(fields=["member", "film"], name="owned_copy_of_film"),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # where a desk lists what goes with a film, it tells neither whose it is nor what it is

    @property
    def said_since(self) -> str:
        """Since when, as it is said in forms and files: 2019, 2019-03-05, or nothing."""
        if self.since is None:
            return ""
        return f"{self.since.year:04}" if self.since_is_year else self.since.isoformat()

    @property
    def is_lent(self) -> bool:
        return self.lent_to != ""
