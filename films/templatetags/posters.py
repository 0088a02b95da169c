"""`{% poster film as image %}`: the film's poster, as films/posters.py describes it."""

from django import template

from films.models import Film
from films.posters import Poster, poster_of

register = template.Library()


@register.simple_tag
def poster(film: Film) -> Poster:
    return poster_of(film)
