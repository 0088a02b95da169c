from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from config.rows import Row


class MadeBy(models.Func):
    """The number of the transaction."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class ClockTime(models.Func):
    """The time of the statement: a transaction may have begun long before."""

    template = "clock_timestamp()"
    output_field = models.DateTimeField()


class FilmFacets(Row):
    """What a film can be picked by, as short words in one narrow row: `g7`, `cFR`, `d1990` (films/facets.py).

    Kept by triggers in the transaction of whatever changes it, never by code. That it is no foreign key is meant: the
    row comes and goes with the film by trigger, and nobody has to move or to delete it.
    """

    film_id = models.BigIntegerField(primary_key=True)
    year = models.PositiveSmallIntegerField(null=True)
    runtime_minutes = models.PositiveSmallIntegerField(null=True)
    words = ArrayField(models.TextField(max_length=60))

    class Meta:
        indexes = [GinIndex(fields=["words"], name="facets_words", gin_pending_list_limit=256)]

    def __str__(self) -> str:
        return f"{self.film_id}: {' '.join(self.words)}"


class FacetCount(Row):
    """How many films have a word. Several rows of a word add up: whoever changes films adds a row and waits for nobody.

    A job makes one of them again (films/actions/faceting.py).
    """

    kind = models.CharField(max_length=1)
    word = models.TextField(max_length=60)
    number = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["kind", "word"], name="facet_count_by_word")]

    def __str__(self) -> str:
        return f"{self.word}: {self.number}"


class CatalogueChange(Row):
    """What a transaction changed about a film, for those who hold the catalogue in memory (films/following.py)."""

    made_by = models.BigIntegerField(db_default=MadeBy())
    made_at = models.DateTimeField(db_default=ClockTime())
    film_id = models.BigIntegerField()
    gained = ArrayField(models.TextField(max_length=60))
    lost = ArrayField(models.TextField(max_length=60))
    is_renamed = models.BooleanField()  # or came, or went

    class Meta:
        indexes = [models.Index(fields=["made_by"], name="catalogue_change_by_maker")]

    def __str__(self) -> str:
        return f"{self.film_id}: +{' '.join(self.gained)} -{' '.join(self.lost)}"
