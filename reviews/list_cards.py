"""Social cards of lists, and what lists say to search engines: only of those that everybody may see."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from PIL import Image

from films.cards import FANNED, Card, picture_of, version_of
from films.press.card import shelf_card
from reviews.models import FilmList, ListEntry
from reviews.self_filling import as_entries, found_by


def public_list(list_id: int) -> FilmList | None:
    """The list, if everybody may see it, with what it finds for them where it fills itself."""
    film_list = FilmList.objects.visible_to(None).select_related("member").filter(pk=list_id).first()
    if film_list is not None and film_list.fills_itself:
        found_by(None, film_list)
    return film_list


def list_version(film_list: FilmList) -> str:
    said = (film_list.title, film_list.member.name, film_list.film_count, film_list.updated_at.isoformat())
    return version_of(*said, *(vars(film_list)["found"].films[:FANNED] if film_list.fills_itself else ()))


def card_of_list(film_list: FilmList) -> Card | None:
    """Costs no query; None for a list that is not for everybody."""
    if not film_list.is_public or film_list.member.is_private or not film_list.member.is_active:
        return None
    url = reverse("reviews:list_card", args=[film_list.pk, list_version(film_list)])
    return Card(url, _("Posters of films in “%(list)s”.") % {"list": film_list.title})


def first_entries(film_list: FilmList, most: int) -> list[ListEntry]:
    """The first so many of a `public_list`, with their films."""
    if film_list.fills_itself:
        return as_entries(film_list, vars(film_list)["found"], most=most)
    return list(film_list.entries.select_related("film").order_by("position")[:most])


def draw_list(film_list: FilmList) -> Image.Image:
    entries = first_entries(film_list, FANNED)
    count = ngettext("%(number)d film", "%(number)d films", film_list.film_count) % {"number": film_list.film_count}
    by = _("by %(name)s") % {"name": film_list.member.name}
    pictures = [picture_of(entry.film) for entry in entries]
    return shelf_card(pictures, title=film_list.title, facts=f"{count}, {by}", house=settings.SITE_NAME)


def list_facts(film_list: FilmList, entries: Iterable[ListEntry]) -> dict[str, Any]:
    """In the vocabulary of schema.org."""
    return {
        "@type": "ItemList",
        "name": film_list.title,
        "url": settings.SITE_URL + film_list.get_absolute_url(),
        "license": film_list.licence.address,
        "numberOfItems": film_list.film_count,
        "itemListOrder": f"https://schema.org/ItemListOrder{'Ascending' if film_list.is_ranked else 'Unordered'}",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": entry.position,
                "name": entry.film.title,
                "url": settings.SITE_URL + entry.film.get_absolute_url(),
            }
            for entry in entries
        ],
    }
