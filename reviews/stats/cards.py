"""Social cards of a member's year: made of what everybody may see, whoever shares the page."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image

from accounts.models import User
from films.cards import FANNED, Card, picture_of, version_of
from films.models import Film
from films.press.card import shelf_card
from reviews.stats.figures import Figures, figures_of
from reviews.stats.words import in_short


def public_year(member_id: int, year: int) -> tuple[User, Figures] | None:
    """The member and what anybody may know of their year; None where that is nothing."""
    member = User.objects.active().filter(pk=member_id, is_private=False).first()
    figures = figures_of(member, None, year) if member else None
    return (member, figures) if member and figures and figures.viewings else None


def year_version(member: User, figures: Figures) -> str:
    return version_of(member.name, figures.year, in_short(figures), _posters(figures))


def card_of_year(member: User, figures: Figures) -> Card:
    """Of figures as somebody sees them who is signed out. Costs no query."""
    url = reverse("reviews:year_card", args=[member.pk, figures.year, year_version(member, figures)])
    return Card(url, _("Posters of films that %(name)s saw in %(year)d.") % {"name": member.name, "year": figures.year})


def draw_year(member: User, figures: Figures) -> Image.Image:
    order = [number for number, *_poster in _posters(figures)]
    films = Film.objects.defer("search_text", "synopsis").in_bulk(order)
    pictures = [picture_of(films[number]) for number in order if number in films]
    title = _("%(name)s in %(year)d") % {"name": member.name, "year": figures.year}
    return shelf_card(pictures, title=title, facts=in_short(figures), house=settings.SITE_NAME)


def _posters(figures: Figures) -> list[tuple[int, str, int]]:
    """Of the films that were rated highest, then of the first and the last."""
    found = figures.standouts
    numbers = [each.film for each in (*found.best, found.last, found.first) if each]
    films = [figures.cards[number] for number in dict.fromkeys(numbers) if number in figures.cards]
    return [(film.pk, film.poster_key, film.poster_version) for film in films[:FANNED]]
