"""What members are found by.

A key is a lexeme of one of two kinds:

    kubrick   a word of the username or of the name that is shown, without accents
    ~kubric   the beginning of such a word of four letters or more, as it is and with one letter left out

Triggers on members write the keys (migration 0003_keys). A table of its own, since the member's row is written
with each who follows them.
"""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from config.rows import Row


class UserKeys(Row):
    """The id is the member's. No foreign key: triggers do it all."""

    id = models.BigIntegerField(primary_key=True)
    keys = SearchVectorField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["keys"], name="user_keys")]

    def __str__(self) -> str:
        return str(self.pk)
