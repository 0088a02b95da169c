from typing import Final

from django.db import models

from config.rows import Row
from films.models import Film
from reviews.models.article import Article
from reviews.models.comment import Comment
from reviews.models.essay import Essay
from reviews.models.film_list import FilmList, ListEntry
from reviews.models.review import Review
from reviews.models.subjects import exactly_one

# Texts that may name a film as spoilt.
TEXTS: Final = ("review", "comment", "film_list", "list_entry", "article", "essay")


class SpoiledFilm(Row):
    """A film that a cover in a text names: another than the one that the text is about.

    The covers in the text's HTML carry the `number`, so that a film that is merged takes its covers along.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, related_name="spoiled_films")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="spoiled_films")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, related_name="spoiled_films")
    list_entry = models.ForeignKey(ListEntry, on_delete=models.CASCADE, null=True, related_name="spoiled_films")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="spoiled_films")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, related_name="spoiled_films")
    number = models.PositiveSmallIntegerField()
    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="spoiled_in")

    class Meta:
        constraints = [
            exactly_one(TEXTS, "spoiled_film_in_one_text"),
            *(models.UniqueConstraint(fields=[name, "number"], name=f"spoiled_film_{name}_once") for name in TEXTS),
        ]

    def __str__(self) -> str:
        return f"{self.number}: film {self.film_id}"
