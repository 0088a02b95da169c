from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from config.rows import Row

LONGEST_WORD = 40


class Word(Row):
    """A word by which films or people are found, with what it can be mistaken for.

    `keys` are the word's beginning, and that with one or two letters left out (films/spelling.py): a word and its
    misspelling share one of them. Made of what search finds by, and can be made again at any time.
    """

    text = models.CharField(max_length=LONGEST_WORD, unique=True)
    film_count = models.PositiveIntegerField(default=0)
    person_count = models.PositiveIntegerField(default=0)
    keys = ArrayField(models.CharField(max_length=LONGEST_WORD), default=list)

    class Meta:
        indexes = [GinIndex(fields=["keys"], name="word_keys")]

    def __str__(self) -> str:
        return self.text
