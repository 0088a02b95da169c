"""`{% list_card film_list as card %}`: a list's social card, None where it has none; `{% list_ld_json … %}`."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from films.models import Film
from films.templatetags.structured import ld_json
from reviews import list_cards, markup
from reviews.lists import fan_of
from reviews.models import FilmList, ListEntry

register = template.Library()


@register.simple_tag
def list_card(film_list: FilmList) -> list_cards.Card | None:
    return list_cards.card_of_list(film_list)


@register.simple_tag
def list_ld_json(film_list: FilmList, entries: Iterable[ListEntry]) -> SafeString:
    return ld_json(list_cards.list_facts(film_list, entries))


@register.filter
def fan(film_list: FilmList) -> list[Film]:
    """The films whose posters stand for it: `reviews.lists.with_cards`."""
    return fan_of(film_list)


@register.filter
def plainly(film_list: FilmList) -> str:
    """The beginning of its description without marks; what is covered stays covered."""
    return markup.excerpt(film_list.description, kind="comment")
