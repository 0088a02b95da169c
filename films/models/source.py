"""Where a fact of a film came from, and whether it may be changed by anybody but a curator."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.rows import Row
from films.models.film import Film


class Source(models.TextChoices):
    """Who stated a fact, from the weakest word to the strongest: see `RANKS`."""

    SEED = "seed", _("The first catalogue")
    WIKIPEDIA = "wikipedia", "Wikipedia"
    WIKIDATA = "wikidata", "Wikidata"
    TMDB = "tmdb", "TMDB"
    IMDB = "imdb", "IMDb"
    CSV = "csv", _("A file")
    DOCUMENT = "document", _("A document")
    MEMBERS = "members", _("Members’ votes")
    CURATOR = "curator", _("A curator")


RANKS = {source: rank for rank, source in enumerate(Source)}
# What people settled by hand. An import that knows better says so in the conflict inbox.
BY_HAND = frozenset({Source.DOCUMENT, Source.MEMBERS, Source.CURATOR})


class FactSource(Row):
    """Who last stated one fact of a film. A fact without such a row came with the film, from its `origin`.

    `fact` is a key of films/record.py, such as "runtime_minutes", "credits.director" or "scores.IMDb".
    """

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="fact_sources")
    fact = models.CharField(max_length=80)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film", "fact"], name="fact_source_once")]

    def __str__(self) -> str:
        return f"{self.film_id} {self.fact}: {self.source}"


class FactLock(Row):
    """A fact that no import may change, with the curator who locked it and their reason."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="fact_locks")
    fact = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(_("reason"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("lock")
        verbose_name_plural = _("locks")
        constraints = [models.UniqueConstraint(fields=["film", "fact"], name="fact_lock_once")]

    def __str__(self) -> str:
        return f"{self.film_id} {self.fact}"
