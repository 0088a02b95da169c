"""`{% film_card film as card %}` and `{% collection_card collection as card %}`: the social card, for _meta.html."""

from django import template

from films.cards import Card, card_of_collection, card_of_film
from films.models import Collection, Film

register = template.Library()


@register.simple_tag
def film_card(film: Film) -> Card:
    return card_of_film(film)


@register.simple_tag
def collection_card(collection: Collection) -> Card:
    return card_of_collection(collection)
