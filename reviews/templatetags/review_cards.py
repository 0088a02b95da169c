"""`{% review_card review as card %}`: a review's social card, None where it has none; `{% review_ld_json review %}`."""

from django import template
from django.utils.safestring import SafeString

from films.templatetags.structured import ld_json
from reviews.cards import Card, card_of_review, review_facts
from reviews.models import Review

register = template.Library()


@register.simple_tag
def review_card(review: Review) -> Card | None:
    return card_of_review(review)


@register.simple_tag
def review_ld_json(review: Review) -> SafeString:
    return ld_json(review_facts(review))
