from datetime import datetime
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models import Film, Person

LONGEST_ARTICLE = 100_000
WORDS_A_MINUTE = 230  # that somebody reads


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        return self.filter(published_at__lte=Now())

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")


class Article(Row):
    """Editorial: a piece of news, an essay, an interview, a critic's review. Published at its time, not before."""

    class Kind(models.TextChoices):
        NEWS = "news", _("News")
        ESSAY = "essay", _("Essay")
        INTERVIEW = "interview", _("Interview")
        REVIEW = "review", _("Critic’s review")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("headline"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    standfirst = models.CharField(_("standfirst"), max_length=400, blank=True)
    body = models.TextField(_("text"), max_length=LONGEST_ARTICLE, help_text=_("Markdown."))
    body_html = models.TextField(max_length=20 * LONGEST_ARTICLE, editable=False)
    headings = models.JSONField(default=list, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("author"),
    )
    byline = models.CharField(_("byline"), max_length=120, blank=True, help_text=_("When the author is not a member."))
    outlet = models.CharField(_("published by"), max_length=120, blank=True, help_text=_("When it was not this site."))
    outlet_url = models.URLField(_("its address there"), max_length=300, blank=True)
    # As the critic gave it, on the critic's own scale: never made into stars.
    score_value = models.DecimalField(_("the critic’s score"), max_digits=6, decimal_places=2, null=True, blank=True)
    score_scale = models.DecimalField(_("out of"), max_digits=6, decimal_places=2, null=True, blank=True)
    picture_key = models.CharField(max_length=80, blank=True, editable=False)
    picture_alt = models.CharField(_("what the picture shows"), max_length=250, blank=True)
    picture_credit = models.CharField(_("credit line"), max_length=200, blank=True)
    # In hundredths of the width and height: what stays in sight when the picture is cut.
    picture_focus_x = models.PositiveSmallIntegerField(default=50, db_default=50)
    picture_focus_y = models.PositiveSmallIntegerField(default=50, db_default=50)
    films = models.ManyToManyField(Film, related_name="articles", blank=True, verbose_name=_("films"))
    people = models.ManyToManyField(Person, related_name="articles", blank=True, verbose_name=_("people"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    comments_open = models.BooleanField(_("open for comments"), default=True, db_default=True)
    comment_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="article_newest"),
            GinIndex(
                models.Func("id", "title", "standfirst", "body_html", function="words_of_article"),
                name="article_words",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score_value__isnull=True, score_scale__isnull=True)
                | models.Q(
                    score_value__isnull=False,
                    score_scale__isnull=False,
                    score_value__gte=0,
                    score_scale__gt=0,
                    score_value__lte=models.F("score_scale"),
                ),
                name="article_score_within_scale",
                violation_error_message=_("The score must lie between 0 and what it is out of."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:article", args=[self.slug])

    def clean(self) -> None:
        """Raise ValidationError by field for a score that nobody gave."""
        if (self.score_value is None) != (self.score_scale is None):
            missing = "score_scale" if self.score_scale is None else "score_value"
            raise ValidationError({missing: [gettext("Give both numbers: 4 out of 5, for instance.")]})
        if self.score_value is not None and self.kind != self.Kind.REVIEW:
            raise ValidationError({"score_value": [gettext("Only a critic’s review has a score.")]})

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def scheduled_for(self) -> datetime | None:
        """When it will appear by itself; None for a draft and for what has appeared."""
        return None if self.is_published else self.published_at

    @property
    def writer(self) -> str:
        """Whose words these are; empty when nobody is named."""
        return self.byline or (self.author.name if self.author else "")

    @property
    def score(self) -> str:
        """The critic's score in words, "4 out of 5"; empty without one."""
        if self.score_value is None or self.score_scale is None:
            return ""
        numbers = {"value": _plain(self.score_value), "scale": _plain(self.score_scale)}
        return gettext("%(value)s out of %(scale)s") % numbers

    @property
    def reading_minutes(self) -> int:
        """Never less than one."""
        return max(1, round(len(self.body.split()) / WORDS_A_MINUTE))


class ArticleRevision(Row):
    """An article's words as somebody saved them. Never changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("headline"), max_length=200)
    standfirst = models.CharField(_("standfirst"), max_length=400, blank=True)
    body = models.TextField(_("text"), max_length=LONGEST_ARTICLE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    restored_from = models.PositiveIntegerField(_("restored from"), null=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="article_revision_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    @property
    def words(self) -> tuple[Any, ...]:
        return self.title, self.standfirst, self.body


def _plain(number: Decimal) -> str:
    """Without noughts that say nothing: 4 and 3.5, never 4.00."""
    return f"{number.normalize():f}"
