from typing import Final, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import FollowElsewhere, Stranger
from accounts.models.elsewhere import LONGEST_ADDRESS
from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.rows import Row
from films.models import Film

LONGEST_WORDS: Final = 500  # letters: the beginning, and the rest is where it was written
MOST_WORDS: Final = 1000  # of one person, the latest


class WordElsewhereQuerySet(models.QuerySet["WordElsewhere"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door: what those wrote whom the viewer follows there. Nobody else sees any of it."""
        if not is_signed_in(viewer):
            return self.none()
        follows = FollowElsewhere.objects.heard().filter(actor__member=viewer, stranger=OuterRef("stranger"))
        return self.filter(Exists(follows), removed_at=None)

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")


class WordElsewhere(Row):
    """What somebody on another server, whom a member follows, said about a film (docs/federation.md).

    It counts in no number of the house. It goes when nobody here follows them any more, by a trigger (migration 0028).
    """

    # `word_elsewhere_newest` begins with it.
    stranger = models.ForeignKey(
        Stranger, on_delete=models.CASCADE, related_name="words", db_index=False, verbose_name=_("person elsewhere")
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="words_elsewhere", verbose_name=_("film"))
    uri = models.CharField(max_length=LONGEST_ADDRESS, unique=True)  # by which it is changed and deleted there
    url = models.CharField(_("address"), max_length=LONGEST_ADDRESS)  # where people read it
    words = models.CharField(_("words"), max_length=LONGEST_WORDS, blank=True)
    half_stars = models.PositiveSmallIntegerField(_("rating in half-stars"), null=True, blank=True)
    spoilers = models.BooleanField(_("tells the end"), default=False)
    published_at = models.DateTimeField(_("published"))
    edited_at = models.DateTimeField()
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    # By a moderator. The row stays, empty, so that no change there brings it back.
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = WordElsewhereQuerySet.as_manager()

    class Meta:
        verbose_name = _("words from elsewhere")
        verbose_name_plural = _("words from elsewhere")
        constraints = [
            models.CheckConstraint(
                condition=Q(half_stars=None) | Q(half_stars__range=(1, 10)), name="word_elsewhere_half_stars"
            ),
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="word_elsewhere_by_https"),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(words="", half_stars=None), name="word_elsewhere_removed"
            ),
        ]
        indexes = [models.Index(fields=["stranger", "-published_at", "-id"], name="word_elsewhere_newest")]

    def __str__(self) -> str:
        return f"{self.stranger_id} of {self.film_id}"
