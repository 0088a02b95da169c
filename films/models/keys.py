"""What films and people are found by: an index of words, in which the best known ones come first.

A key is a lexeme of one of five kinds:

    driver    a word of one of its titles, or of the name
    ^dri      the beginning of such a word, of one to three letters
    ~wright   the year, or a word of the name of a director or of the leading cast
    =babydriver  a whole title, with and without its leading article, without "and" and spaces, numbers in figures
    #lotr     the initials of a film's title of three words or more, or of a part of it (migration 0003_keys)

The rows lie on six tiers. The first holds the best known 512, each further one four times as many as the one before,
the last all others. Each has an index of its own, so a search goes down tier by tier and stops where it has enough: a
word that half the catalogue has is answered from the first tier, and a rare one from all of them. Triggers on films
and people write the keys (migration 0003_keys); a job deals out the tiers (films/actions/ranking.py).
"""

from typing import ClassVar, Final

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from config.rows import Row

TIER_ENDS: Final = (512, 2_560, 10_752, 43_520, 174_592)  # the rank of the last one of each tier but the last
LAST_TIER: Final = len(TIER_ENDS) + 1
TIERS: Final = range(1, LAST_TIER + 1)


def tier_indexes(name: str) -> list[models.Index]:
    return [GinIndex(fields=["keys"], condition=models.Q(tier=tier), name=f"{name}_{tier}") for tier in TIERS]


class Keys(Row):
    """The id is the film's, or the person's. No foreign key: nothing is to be moved or merged, triggers do it all."""

    id = models.BigIntegerField(primary_key=True)
    tier = models.PositiveSmallIntegerField(default=LAST_TIER, db_default=LAST_TIER)
    keys = SearchVectorField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.pk} on tier {self.tier}"


class FilmKeys(Keys):
    class Meta:
        indexes: ClassVar[list[models.Index]] = tier_indexes("film_keys")


class PersonKeys(Keys):
    class Meta:
        indexes: ClassVar[list[models.Index]] = tier_indexes("person_keys")
