"""The open data: what is public, as it was one night, in files for whoever wants them (docs/open-data.md)."""

from datetime import date, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.paths import path
from config.rows import Row

NIGHTS_KEPT: Final = 7


def first_day_kept() -> date:
    return timezone.now().date() - timedelta(days=NIGHTS_KEPT - 1)


class EditionQuerySet(models.QuerySet["Edition"]):
    def handed_out(self) -> Self:
        """The latest first, each with its files; none where the house hands out no data."""
        return self.filter(self._kept()).prefetch_related("files").order_by("-day")

    def outdated(self) -> Self:
        """Those that were kept long enough; all of them where the house hands out no data any more."""
        return self.exclude(self._kept())

    def _kept(self) -> models.Q:
        return models.Q(day__gte=first_day_kept()) if settings.OPEN_DATA else models.Q(pk__in=[])


class Edition(Row):
    """All files of one night are of the same moment. The day is that of UTC."""

    day = models.DateField(_("night"), unique=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("night of open data")
        verbose_name_plural = _("nights of open data")

    def __str__(self) -> str:
        return self.day.isoformat()

    def get_absolute_url(self) -> str:
        return f"{path('reviews:open_data')}#{self.day}"

    @property
    def deleted_on(self) -> date:
        return self.day + timedelta(days=NIGHTS_KEPT)

    @property
    def sums(self) -> str:
        """As `sha256sum --check` reads them."""
        return "".join(f"{file.sha256}  {file.name}\n" for file in self.files.all())


class EditionFile(Row):
    """One of its files. `file` is its name in the private storage."""

    class Kind(models.TextChoices):
        FILMS = "films", _("Films")
        RATINGS = "ratings", _("Ratings")
        REVIEWS = "reviews", _("Reviews")
        LISTS = "lists", _("Lists")
        ESSAYS = "essays", _("Essays")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    lines = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()  # in bytes
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="edition_file_one_a_kind"),
            models.CheckConstraint(condition=~models.Q(file=""), name="edition_file_is_somewhere"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="edition_file_has_its_sum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.kind}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:open_data_file", args=[self.edition.day, self.kind])

    @property
    def name(self) -> str:
        return self.name_of(self.kind)

    @staticmethod
    def name_of(kind: str) -> str:
        return f"{kind}.jsonl.gz"
