from datetime import date, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film
from films.models.term import Country


class Service(Row):
    """A streaming service, shop or cinema chain."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    url = models.URLField(_("website"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AvailabilityQuerySet(models.QuerySet["Availability"]):
    def running(self, on: date) -> Self:
        """Where a film can be watched on that day."""
        return self.filter(
            models.Q(starts_on=None) | models.Q(starts_on__lte=on), models.Q(ends_on=None) | models.Q(ends_on__gte=on)
        )

    def leaving(self, on: date) -> Self:
        """Where a film can be watched on that day, with a last day, and no new stay that takes over from this one."""
        takes_over = Availability.objects.filter(
            models.Q(country=models.OuterRef("country")) | models.Q(country=None),
            models.Q(ends_on=None) | models.Q(ends_on__gt=models.OuterRef("ends_on")),
            film=models.OuterRef("film"),
            service=models.OuterRef("service"),
            kind=models.OuterRef("kind"),
            starts_on__gt=on,
            starts_on__lte=models.OuterRef("ends_on") + timedelta(days=1),
        )
        # That is among what runs, but said so it is where the index of last days begins.
        return self.running(on).filter(~models.Exists(takes_over), ends_on__gte=on)


class Availability(Row):
    """Where a film can be watched, in one country, from and until when. Past rows are its history."""

    class Kind(models.TextChoices):
        STREAM = "stream", _("Subscription")
        FREE = "free", _("Free")
        RENT = "rent", _("Rent")
        BUY = "buy", _("Buy")
        CINEMA = "cinema", _("In cinemas")

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="availability")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, related_name="availability", verbose_name=_("service")
    )
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("country"))
    kind = models.CharField(_("how"), max_length=8, choices=Kind, default=Kind.STREAM)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=300, blank=True)

    objects = AvailabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("place to watch")
        verbose_name_plural = _("places to watch")
        ordering = ["service", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["film", "service", "country", "kind", "starts_on"],
                name="availability_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="availability_ends_after_start",
                violation_error_message=_("The last day must not lie before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["ends_on", "film"], name="availability_by_end"),
            models.Index(
                fields=["starts_on"], name="availability_by_start", condition=models.Q(starts_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.film_id} {self.service_id} {self.kind}"

    @property
    def has_left(self) -> bool:
        return self.ends_on is not None and self.ends_on < timezone.localdate()

    @property
    def days_left(self) -> int | None:
        """Whole days from today to the last day: 0 on the last day itself, negative after it, None without one."""
        return None if self.ends_on is None else (self.ends_on - timezone.localdate()).days
