from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from films.models import Film, Person

LONGEST_ARTICLE = 100_000


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self) -> Self:
        return self.filter(published_at__lte=timezone.now())

    def newest(self) -> Self:
        return self.order_by("-published_at", "-id")


class Article(models.Model):
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
    films = models.ManyToManyField(Film, related_name="articles", blank=True, verbose_name=_("films"))
    people = models.ManyToManyField(Person, related_name="articles", blank=True, verbose_name=_("people"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(fields=["-published_at", "-id"], name="article_newest"),
            GinIndex(SearchVector("title", "standfirst", "body", config="english"), name="article_words"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:article", args=[self.slug])

    @property
    def reading_minutes(self) -> int:
        """At 230 words a minute, never less than one."""
        return max(1, round(len(self.body.split()) / 230))
