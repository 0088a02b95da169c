"""What members say that a film contains, how many say what, and of what they want to be told before they watch."""

from typing import ClassVar, Final, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.paths import path
from config.rows import Row
from films.models import ContentNote, Film


class Category(models.TextChoices):
    """Of what there may be more or less in any film."""

    SEX = "sex", _("Sex and nudity")
    VIOLENCE = "violence", _("Violence and gore")
    PROFANITY = "profanity", _("Profanity")
    SUBSTANCES = "substances", _("Alcohol, drugs and smoking")
    FRIGHT = "fright", _("Frightening or intense scenes")


class Level(models.IntegerChoices):
    """How much of it there is. A vote has the number, programs read the name in small letters."""

    NONE = 0, pgettext_lazy("how much of it there is", "None")
    MILD = 1, pgettext_lazy("how much of it there is", "Mild")
    MODERATE = 2, pgettext_lazy("how much of it there is", "Moderate")
    SEVERE = 3, pgettext_lazy("how much of it there is", "Severe")


# What a vote is about: a category, or "" and the number of a note.
type Subject = tuple[str, int | None]

# Of a content note a vote says just whether it is true of the film.
NO: Final = 0
YES: Final = 1


def nobody_yet() -> list[int]:
    return [0] * len(Level)


def about_one_thing(name: str) -> models.CheckConstraint:
    is_known = Q(category__in=Category.values, note=None)
    return models.CheckConstraint(condition=is_known | Q(category="", note__isnull=False), name=name)


class ContentVoteQuerySet(models.QuerySet["ContentVote"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to votes: each is for the eyes of its own member alone. How many say what is ContentCount."""
        return self.filter(member=viewer) if is_signed_in(viewer) else self.none()


class ContentVote(Row):
    """What one member who has seen a film says of it: how much there is of a category, or whether a note is true."""

    # `content_vote_once` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="content_votes", db_index=False
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="content_votes")
    category = models.CharField(max_length=10, choices=Category, blank=True)
    note = models.ForeignKey(ContentNote, on_delete=models.CASCADE, null=True, related_name="votes")
    # A Level of the category; of a note NO or YES.
    answer = models.PositiveSmallIntegerField()
    # Its member is suspended: it counts nowhere. Kept by a trigger.
    set_aside = models.BooleanField(default=False, db_default=False, editable=False)
    # Its member was in their first day here (reviews/trust.py): until then it counts nowhere, and a job ends that.
    waits_until = models.DateTimeField(null=True, editable=False)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ContentVoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote on what a film contains")
        verbose_name_plural = _("votes on what films contain")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "film", "category", "note"], nulls_distinct=False, name="content_vote_once"
            ),
            about_one_thing("content_vote_about_one_thing"),
            models.CheckConstraint(
                condition=Q(note=None, answer__lte=Level.SEVERE) | Q(note__isnull=False, answer__lte=YES),
                name="content_vote_answer_fits",
            ),
        ]
        indexes = [
            models.Index(fields=["waits_until"], condition=Q(waits_until__isnull=False), name="content_vote_waiting")
        ]

    def __str__(self) -> str:
        return str(self.pk)  # where a desk lists what goes with a film, it does not tell who said what

    @property
    def subject(self) -> Subject:
        return self.category, self.note_id


class ContentCount(Row):
    """How many members say what of one category or note of a film: kept by triggers (reviews/tallies.py)."""

    # When two films become one, the votes move, and what they are counted in follows by itself.
    follows_by_trigger: ClassVar[bool] = True

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="content_counts", db_index=False)
    category = models.CharField(_("category"), max_length=10, choices=Category, blank=True)
    note = models.ForeignKey(
        ContentNote, on_delete=models.CASCADE, null=True, related_name="counts", verbose_name=_("content note")
    )
    # How many give the answer 0, 1, 2 and 3.
    answers = ArrayField(models.PositiveIntegerField(), size=len(Level), default=nobody_yet)

    class Meta:
        verbose_name = _("answer of members on a film")
        verbose_name_plural = _("answers of members on films")
        constraints = [
            models.UniqueConstraint(
                fields=["film", "category", "note"], nulls_distinct=False, name="content_count_once"
            ),
            about_one_thing("content_count_about_one_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.film_id}: {self.category or self.note_id}"

    def get_absolute_url(self) -> str:
        return path("films:guidance", self.film.slug)


class CautionQuerySet(models.QuerySet["Caution"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """The one door to cautions: each is for the eyes of its own member alone."""
        return self.filter(member=viewer) if is_signed_in(viewer) else self.none()


class Caution(Row):
    """A content note of which a member wants to be told before they watch. Nobody else learns of it."""

    # `caution_once` begins with it.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cautions", db_index=False
    )
    note = models.ForeignKey(ContentNote, on_delete=models.CASCADE, related_name="cautions")
    created_at = models.DateTimeField(default=timezone.now)

    objects = CautionQuerySet.as_manager()

    class Meta:
        verbose_name = _("caution")
        verbose_name_plural = _("cautions")
        constraints = [models.UniqueConstraint(fields=["member", "note"], name="caution_once")]

    def __str__(self) -> str:
        return str(self.pk)
