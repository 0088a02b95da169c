"""`{% review_card review as card %}`: the social card of a review, None where it has none."""

from django import template

from reviews.cards import Card, card_of_review
from reviews.models import Review

register = template.Library()


@register.simple_tag
def review_card(review: Review) -> Card | None:
    return card_of_review(review)
