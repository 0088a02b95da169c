from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film


class CollectionQuerySet(models.QuerySet["Collection"]):
    def shown(self, on: date | None = None) -> Self:
        """Within its dates today, or on that day."""
        today = on or timezone.localdate()
        return self.filter(
            models.Q(shown_from=None) | models.Q(shown_from__lte=today),
            models.Q(shown_until=None) | models.Q(shown_until__gte=today),
        )

    def coming(self) -> Self:
        return self.filter(shown_from__gt=timezone.localdate())

    def over(self) -> Self:
        return self.filter(shown_until__lt=timezone.localdate())

    def on_front_page(self, on: date | None = None) -> Self:
        return self.shown(on).filter(on_front_page=True).order_by("position", "id")


class Collection(Row):
    """Films that a curator put together, with a reason."""

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    text = models.TextField(_("why these films"), max_length=2000, blank=True)
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="collections",
        verbose_name=_("curator"),
    )
    picture_key = models.CharField(max_length=80, blank=True, editable=False)
    picture_alt = models.CharField(_("what the picture shows"), max_length=250, blank=True)
    # In hundredths of the width and height: what stays in sight when the picture is cut.
    picture_focus_x = models.PositiveSmallIntegerField(default=50, db_default=50)
    picture_focus_y = models.PositiveSmallIntegerField(default=50, db_default=50)
    on_front_page = models.BooleanField(_("on the front page"), default=False)
    position = models.PositiveSmallIntegerField(_("order on the front page"), default=0)
    shown_from = models.DateField(_("shown from"), null=True, blank=True)
    shown_until = models.DateField(_("shown until"), null=True, blank=True)
    films = models.ManyToManyField(Film, through="CollectionEntry", related_name="collections")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["position", "title"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shown_from=None)
                | models.Q(shown_until=None)
                | models.Q(shown_until__gte=models.F("shown_from")),
                name="collection_ends_after_start",
                violation_error_message=_("The last day must not lie before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("films:collection", args=[self.slug])

    @property
    def is_coming(self) -> bool:
        return self.shown_from is not None and self.shown_from > timezone.localdate()

    @property
    def is_over(self) -> bool:
        return self.shown_until is not None and self.shown_until < timezone.localdate()


class CollectionEntry(Row):
    """One film of a collection, with a note."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="collection_entries", verbose_name=_("film"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["collection", "film"], name="collection_film_once")]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.film_id}"
