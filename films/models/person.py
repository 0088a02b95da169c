from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from config.paths import path
from config.rows import Row
from films.models.outside import id_in


class Person(Row):
    """Somebody who worked on a film."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=150)
    born_on = models.DateField(_("born"), null=True, blank=True)
    died_on = models.DateField(_("died"), null=True, blank=True)
    birthplace = models.CharField(_("born in"), max_length=120, blank=True)
    biography = models.TextField(_("biography"), max_length=5000, blank=True)
    portrait_key = models.CharField(max_length=80, blank=True, editable=False)
    portrait_alt = models.CharField(_("what the portrait shows"), max_length=250, blank=True)
    # In hundredths of the width and height: what stays in sight when the picture is cut.
    portrait_focus_x = models.PositiveSmallIntegerField(default=50, db_default=50)
    portrait_focus_y = models.PositiveSmallIntegerField(default=50, db_default=50)
    # The name as `films.names.normalise` makes it: by this people are found, and sorted.
    search_text = models.TextField(max_length=400, blank=True, editable=False)
    # In how many credits the person stands; the trigger on credits keeps it.
    credit_count = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["search_text", "id"], name="person_in_order"),
            models.Index(fields=["-credit_count", "-id"], name="person_by_credits"),
            models.Index(fields=["updated_at", "id"], name="person_by_change"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path("films:person", self.slug)

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else ""


class FormerPersonSlug(Row):
    """An address that a person had, or that a person merged into this one had."""

    slug = models.SlugField(max_length=120, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class PersonId(Row):
    """What another catalogue calls the person."""

    class Source(models.TextChoices):
        IMDB = "imdb", "IMDb"
        TMDB = "tmdb", "TMDB"
        WIKIDATA = "wikidata", "Wikidata"

    LINKS: ClassVar[dict[str, str]] = {
        "imdb": "https://www.imdb.com/name/{}/",
        "tmdb": "https://www.themoviedb.org/person/{}",
        "wikidata": "https://www.wikidata.org/wiki/{}",
    }

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="external_ids")
    source = models.CharField(_("catalogue"), max_length=12, choices=Source)
    value = models.CharField(_("its id there"), max_length=60)

    class Meta:
        verbose_name = _("outside id")
        verbose_name_plural = _("outside ids")
        constraints = [
            models.UniqueConstraint(fields=["source", "value"], name="person_id_unique"),
            models.UniqueConstraint(fields=["person", "source"], name="person_id_one_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source}:{self.value}"

    def clean(self) -> None:
        if self.source and self.value:
            self.value = id_in("person", self.source, self.value)

    @property
    def url(self) -> str:
        return self.LINKS[self.source].format(self.value)
