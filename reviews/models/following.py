"""Threads that members follow, and members who are named in what others write."""

from typing import Final

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.rows import Row
from films.models import Film
from reviews.models.article import Article
from reviews.models.comment import Comment
from reviews.models.essay import Essay
from reviews.models.film_list import FilmList
from reviews.models.review import Review
from reviews.models.subjects import TALKED, exactly_one, which_is_set

# Texts in which members are named.
NAMING: Final = ("review", "comment", "essay")


class Subscription(Row):
    """Whether a member hears of new comments in a thread. Whoever left stays out, until they ask to come back."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, related_name="subscriptions")
    film_list = models.ForeignKey(FilmList, on_delete=models.CASCADE, null=True, related_name="subscriptions")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="subscriptions")
    film = models.ForeignKey(Film, on_delete=models.CASCADE, null=True, related_name="subscriptions")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, related_name="subscriptions")
    is_on = models.BooleanField(default=True)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            exactly_one(TALKED, "subscription_to_one_thread"),
            *(models.UniqueConstraint(fields=["member", name], name=f"subscription_{name}_once") for name in TALKED),
        ]
        indexes = [
            models.Index(fields=[name], name=f"subscribers_{name}", condition=models.Q(is_on=True)) for name in TALKED
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {'in' if self.is_on else 'out'}"


class Mention(Row):
    """A member is named, as @username, in a review, a comment or an essay."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mentions")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, related_name="mentions")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="mentions")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, related_name="mentions")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            exactly_one(NAMING, "mention_in_one_text"),
            *(models.UniqueConstraint(fields=["member", name], name=f"mention_{name}_once") for name in NAMING),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} in {which_is_set(self, NAMING)}"
