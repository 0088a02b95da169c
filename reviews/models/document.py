from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models import Film
from reviews.models.article import Article
from reviews.models.review import Review


class Document(Row):
    """A text that was loaded, kept to the letter, and what became of it."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("Review")
        ESSAY = "essay", _("Essay")
        NEWS = "news", _("News")

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("file name"), max_length=250)
    text = models.TextField(_("text"), max_length=200_000)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    film = models.ForeignKey(
        Film, on_delete=models.SET_NULL, null=True, blank=True, related_name="documents", verbose_name=_("film")
    )
    review = models.OneToOneField(Review, on_delete=models.SET_NULL, null=True, blank=True, related_name="document")
    article = models.OneToOneField(Article, on_delete=models.SET_NULL, null=True, blank=True, related_name="document")
    loaded_at = models.DateTimeField(_("loaded"), default=timezone.now)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-loaded_at", "-id"]

    def __str__(self) -> str:
        return self.name


class Finding(Row):
    """A fact that a document states. It enters the catalogue when a curator accepts it."""

    class Kind(models.TextChoices):
        CREDIT = "credit", _("Credit")
        LEAVING = "leaving", _("Leaves a service")
        AWARD = "award", _("Award")
        SCORE = "score", _("Outside score")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="findings")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    says = models.CharField(_("what it says"), max_length=400)
    facts = models.JSONField(_("facts"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        indexes = [models.Index(fields=["id"], condition=models.Q(state="waiting"), name="finding_waiting")]

    def __str__(self) -> str:
        return self.says
