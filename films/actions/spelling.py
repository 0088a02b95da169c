"""Learning the words of the catalogue, so that misspelt ones are understood."""

from itertools import batched
from typing import Final

from django.db import connection, transaction

from films.models import Word
from films.models.word import LONGEST_WORD
from films.spelling import keys_of

AT_ONCE: Final = 5_000
LEARN: Final = "films.learn_words"  # the job

# Every word of what films and people are found by, with the number of rows that have it. PostgreSQL counts; numbers
# alone are no words that anybody misspells.
COUNT: Final = """
    CREATE TEMPORARY TABLE counted ON COMMIT DROP AS
    SELECT word AS text, sum(films)::int AS film_count, sum(people)::int AS person_count FROM (
        SELECT word, ndoc AS films, 0 AS people FROM ts_stat('SELECT keys FROM films_filmkeys')
        UNION ALL
        SELECT word, 0, ndoc FROM ts_stat('SELECT keys FROM films_personkeys')
    ) every WHERE length(word) <= %s AND word !~ '^([0-9]+$|[=^~#])' GROUP BY word
"""
SAME: Final = """
    UPDATE films_word w SET film_count = c.film_count, person_count = c.person_count FROM counted c
    WHERE c.text = w.text AND (c.film_count, c.person_count) IS DISTINCT FROM (w.film_count, w.person_count)
"""
GONE: Final = "DELETE FROM films_word w WHERE NOT EXISTS (SELECT 1 FROM counted c WHERE c.text = w.text)"
NEW: Final = """
    SELECT c.text, c.film_count, c.person_count FROM counted c
    WHERE NOT EXISTS (SELECT 1 FROM films_word w WHERE w.text = c.text)
"""


@transaction.atomic
def learn_words() -> int:
    """Make the list of words what the catalogue says now; returns how many are new. May be repeated."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('learning words'))")
        cursor.execute(COUNT, [LONGEST_WORD])
        cursor.execute(SAME)
        cursor.execute(GONE)
        cursor.execute(NEW)
        new = cursor.fetchall()
        cursor.execute("DROP TABLE pg_temp.counted")
    for some in batched(new, AT_ONCE):
        Word.objects.bulk_create(
            Word(text=text, film_count=films, person_count=people, keys=keys_of(text)) for text, films, people in some
        )
    return len(new)


def learn_words_of(text: str, *, person: bool = False) -> None:
    """Know the words of one film or person at once; the counts are put right at night."""
    words = sorted({word for word in text.split() if len(word) <= LONGEST_WORD and not word.isdigit()})
    column = "person_count" if person else "film_count"
    known = set(Word.objects.filter(text__in=words, **{f"{column}__gt": 0}).values_list("text", flat=True))
    new = [Word(text=word, keys=keys_of(word), **{column: 1}) for word in words if word not in known]
    Word.objects.bulk_create(new, update_conflicts=True, unique_fields=["text"], update_fields=[column])
