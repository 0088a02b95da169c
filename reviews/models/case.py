"""What the moderators work on: cases that gather reports, what they decided, and appeals against it."""

from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from config.rows import Row
from films.models import Film
from reviews.models.comment import Comment
from reviews.models.essay import Essay
from reviews.models.film_list import FilmList
from reviews.models.house_rule import HouseRule
from reviews.models.quotation import Quotation
from reviews.models.review import Review
from reviews.models.subjects import exactly_one, which_is_set
from reviews.models.tip import Tip

# How long a member may ask that a decision be looked at again.
APPEAL_TIME: Final = timedelta(days=183)
# What can be reported, and decided about; a quotation stands for a text that was deleted since.
REPORTED = ("review", "comment", "film_list", "essay", "tip", "member", "film", "quotation")
LONGEST_LINE: Final = 2_000  # characters of a message in a case, of an appeal and of its answer

type Text = Review | Comment | FilmList | Essay | Tip
type Reported = Text | User | Film | Quotation


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Case(Row):
    """All reports on one thing until a moderator closes it, with its history and its messages."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="cases"
    )
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    quotation = models.ForeignKey(Quotation, on_delete=models.CASCADE, null=True, blank=True, related_name="cases")
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["opened_at", "id"]
        constraints = [
            exactly_one(REPORTED, "case_about_one_thing"),
            *(
                models.UniqueConstraint(fields=[name], condition=models.Q(closed_at=None), name=f"case_{name}_one_open")
                for name in REPORTED
            ),
        ]
        indexes = [models.Index(fields=["opened_at"], condition=models.Q(closed_at=None), name="case_open")]

    def __str__(self) -> str:
        return str(_("Case %(number)s") % {"number": self.pk})

    def get_absolute_url(self) -> str:
        return reverse("reviews:case", args=[self.pk])

    @property
    def about(self) -> Reported:
        """What was reported."""
        thing: Reported = getattr(self, self.about_kind)
        return thing

    @property
    def about_kind(self) -> str:
        """The foreign key that is set, one of REPORTED."""
        return which_is_set(self, REPORTED)

    @property
    def kind(self) -> str:
        """What was reported: one of REPORTED, or what a quotation is of."""
        return self.about_kind if self.quotation is None else self.quotation.kind

    @property
    def answerable(self) -> User | None:
        """Whose doing it is; None for a film."""
        return self.member or (None if isinstance(self.about, Film) else self.about.member)  # type: ignore[union-attr]  # no member has a member


class CaseMessage(Row):
    """A line of a case: between moderators, or to whoever reported, or to whose doing it is, or their answer."""

    class Side(models.TextChoices):
        MODERATORS = "moderators", _("Among moderators")
        REPORTER = "reporter", _("To who reported it")
        ANSWERABLE = "answerable", _("To whose doing it is")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(_("to"), max_length=12, choices=Side)
    # Which of the reporters, where the side is theirs.
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    from_moderator = models.BooleanField(default=True)
    body = models.TextField(_("message"), max_length=LONGEST_LINE)
    created_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("message of a case")
        verbose_name_plural = _("messages of cases")
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(body=""), name="case_message_has_words"),
            models.CheckConstraint(
                condition=models.Q(side="reporter", reporter__isnull=False)
                | (~models.Q(side="reporter") & models.Q(reporter=None)),
                name="case_message_names_its_reporter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.body[:60]}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def in_force(self, at: Any = None) -> Self:
        """Neither reversed nor past its time, now or `at` a moment."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=at or timezone.now()), reversed_at=None)


class Decision(Row):
    """What a moderator, or a rule by itself, did about something: with the rule broken, an excerpt, and who decided.

    The member is told, and may appeal once. A decision is never changed: it is reversed, and stays on record.
    """

    class Kind(models.TextChoices):
        NOTHING = "nothing", _("Left as it is")
        COVER = "cover", _("Covered as a spoiler")
        REMOVE = "remove", _("Removed")
        WARN = "warn", _("Warned")
        LIMIT = "limit", _("Limited to a few posts a day")
        MUTE = "silence", _("Banned from commenting")
        SUSPEND = "suspend", _("Suspended")

    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    kind = models.CharField(_("what was done"), max_length=10, choices=Kind)
    # Whose doing it was about; what it was about, where that is a text.
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("about"),
    )
    review = models.ForeignKey(Review, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    film_list = models.ForeignKey(FilmList, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    essay = models.ForeignKey(Essay, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    tip = models.ForeignKey(Tip, on_delete=models.SET_NULL, null=True, blank=True, related_name="decisions")
    rule = models.CharField(_("rule broken"), max_length=10, choices=HouseRule, blank=True)
    excerpt = models.CharField(_("what it was about"), max_length=400, blank=True)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions_made",
        verbose_name=_("decided by"),
    )
    # The name of the rule of the program that decided, where nobody did.
    by_program = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(_("decided"), default=timezone.now)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    # When what had a time came to its end: a suspension was lifted.
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The writer had covered it already: it stays covered when the decision is reversed.
    was_covered = models.BooleanField(default=False, db_default=False, editable=False)
    reversed_at = models.DateTimeField(_("reversed"), null=True, blank=True)
    reversed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reversed by"),
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="nothing") | ~models.Q(rule=""), name="decision_names_its_rule"
            ),
            models.CheckConstraint(
                condition=models.Q(by=None) | models.Q(by_program=""), name="decision_by_one_or_the_other"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "kind"], name="decision_in_force", condition=models.Q(reversed_at=None)),
            models.Index(fields=["-made_at", "-id"], name="decision_newest"),
            models.Index(
                fields=["until"],
                name="decision_to_end",
                condition=models.Q(kind="suspend", until__isnull=False, ended_at=None, reversed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.made_at:%Y-%m-%d})"

    def get_absolute_url(self) -> str:
        return reverse("reviews:decision", args=[self.pk])

    @property
    def text(self) -> Text | None:
        """What it was about, where that is a text that is still there."""
        return self.review or self.comment or self.film_list or self.essay or self.tip

    @property
    def appeal_before(self) -> datetime:
        return self.made_at + APPEAL_TIME

    @property
    def can_be_appealed(self) -> bool:
        """Something was done, it stands, and the time for an appeal is not over. Whether there is one is not asked."""
        return self.kind != self.Kind.NOTHING and self.reversed_at is None and timezone.now() < self.appeal_before
