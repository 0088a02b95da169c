"""`{% offered film %}`: the line of a film, of somebody who made films or of a member in what the search box offers.

Each is made of what its key names alone, so that it is put together once for all letters that lead to it.
"""

from collections.abc import Callable
from typing import Final

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.templatetags.faces import face
from config.keeping import remembered
from films.models import Film, Person
from films.templatetags.posters import poster

register = template.Library()

LINE: Final = '<a class="offer" role="option" tabindex="-1" href="{}">{}<span class="offer-name">{}</span>{}</a>'
MORE: Final = ' <span class="offer-more">{}</span>'


@register.simple_tag
def offered(film: Film) -> SafeString:
    more = format_html(MORE, film.year) if film.year else SafeString("")
    looks = (film.poster_key, film.poster_version)
    return _line(film, film.title, more, looks, lambda: poster(film, sizes="2rem"))


@register.simple_tag
def offered_person(person: Person) -> SafeString:
    return _line(person, person.name, SafeString(""), (), lambda: SafeString(""))


@register.simple_tag
def offered_member(member: User) -> SafeString:
    more = format_html(MORE, f"@{member.username}")
    looks = (member.display_name, member.avatar_key)
    return _line(member, member.name, more, looks, lambda: format_html("{} ", face(member, size="s")))


def _line(
    row: Film | Person | User, name: str, more: SafeString, looks: tuple[object, ...], picture: Callable[[], SafeString]
) -> SafeString:
    address = row.get_absolute_url()
    key = ("offered", type(row).__name__, row.pk, address, name, more, *looks)
    line: SafeString = remembered(key, lambda: format_html(LINE, address, picture(), name, more))
    return line
