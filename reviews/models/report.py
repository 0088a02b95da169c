from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models import Film
from reviews.models.case import REPORTED, Case, Reported
from reviews.models.comment import Comment
from reviews.models.essay import Essay
from reviews.models.film_list import FilmList
from reviews.models.quotation import Quotation
from reviews.models.review import Review
from reviews.models.subjects import exactly_one, which_is_set
from reviews.models.tip import Tip


class Report(Row):
    """A member asks the moderators to look at something; or a rule of the house does, with nobody as reporter."""

    class Reason(models.TextChoices):
        SPOILERS = "spoilers", _("It gives the film away")
        ABUSE = "abuse", _("It attacks somebody")
        HATE = "hate", _("It is hateful")
        SPAM = "spam", _("It is advertising or spam")
        PLAGIARISM = "plagiarism", _("It was copied from elsewhere")
        PIRACY = "piracy", _("It leads to stolen films")
        PRIVACY = "privacy", _("It tells private facts about somebody")
        IMPOSTOR = "impostor", _("They pretend to be somebody else")
        PROFILE = "profile", _("The name, the picture or the words about themselves are offensive")
        VOTES = "votes", _("Their ratings are a campaign")
        DUPLICATE = "duplicate", _("This film is here twice")
        NO_FILM = "no_film", _("This is not a film")
        OTHER = "other", _("Something else")

    # Which reasons can be given for what, in the order in which they are offered.
    REASONS: ClassVar[dict[str, tuple[str, ...]]] = {
        "review": ("spoilers", "abuse", "hate", "spam", "plagiarism", "piracy", "privacy", "other"),
        "comment": ("spoilers", "abuse", "hate", "spam", "plagiarism", "piracy", "privacy", "other"),
        "film_list": ("spoilers", "abuse", "hate", "spam", "plagiarism", "piracy", "privacy", "other"),
        "essay": ("spoilers", "abuse", "hate", "spam", "plagiarism", "piracy", "privacy", "other"),
        "tip": ("spoilers", "abuse", "hate", "spam", "piracy", "privacy", "other"),
        "member": ("abuse", "hate", "spam", "impostor", "profile", "votes", "piracy", "other"),
        "film": ("duplicate", "no_film", "other"),
        "quotation": ("abuse", "hate", "spam", "privacy", "impostor", "other"),
    }

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports", verbose_name=_("case"))
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("reported by"),
    )
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="reports_received"
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    quotation = models.ForeignKey(Quotation, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    message = models.TextField(_("what the moderators should know"), max_length=1000, blank=True)
    # As it read then: its writer may change it. Forgotten with the last day of an appeal.
    words = models.TextField(blank=True, db_default="", editable=False)
    created_at = models.DateTimeField(_("reported"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    outcome = models.CharField(_("what was done"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            exactly_one(REPORTED, "report_on_one_thing"),
            *(
                models.UniqueConstraint(
                    fields=["reporter", name], condition=models.Q(closed_at=None), name=f"report_{name}_once_open"
                )
                for name in REPORTED
            ),
        ]
        indexes = [models.Index(fields=["created_at"], condition=models.Q(closed_at=None), name="report_open")]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.created_at:%Y-%m-%d})"

    @property
    def about(self) -> Reported:
        """What was reported."""
        thing: Reported = getattr(self, which_is_set(self, REPORTED))
        return thing
