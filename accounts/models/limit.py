from typing import Final

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from config.rows import Row

SPAN: Final = 300  # seconds; spans are numbered from 1970 on
COUNT: Final = """
    INSERT INTO accounts_requestcount AS c (key, span, requests) VALUES (%s, %s, 1)
    ON CONFLICT (key) DO UPDATE SET
        requests = CASE WHEN c.span = excluded.span THEN c.requests + 1 ELSE 1 END, span = excluded.span
    RETURNING requests
"""


def count_request(key: str, span: int) -> int:
    """The number of this request among those of the same key and span, from 1. It is kept until the span is over."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key, span])
        (requests,) = cursor.fetchone() or (1,)
    return int(requests)


class RequestCount(Row):
    """How many requests somebody has made in one span of time. The table is unlogged: a crash may empty it."""

    key = models.CharField(max_length=80, primary_key=True)
    span = models.BigIntegerField()
    requests = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = _("request count")
        verbose_name_plural = _("request counts")

    def __str__(self) -> str:
        return f"{self.key}: {self.requests}"
