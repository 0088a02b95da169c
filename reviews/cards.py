"""What reviews say elsewhere: social cards, with nothing that gives a film away, and facts for search engines."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _
from PIL import Image

from films.cards import Card, picture_of, version_of
from films.press.card import words_card
from reviews.models import Review


def public_review(review_id: int) -> Review | None:
    """The review with its card, if everybody may read it."""
    return Review.objects.visible_to(AnonymousUser()).with_card().filter(pk=review_id).first()


def review_version(review: Review) -> str:
    film = review.film
    poster = (film.poster_key, film.poster_version)
    return version_of(review.member.name, film.title, film.year, poster, review.half_stars, said(review))


def card_of_review(review: Review) -> Card | None:
    """Costs no query; None for a review that is not for everybody."""
    if not review.is_public:
        return None
    url = reverse("reviews:review_card", args=[review.pk, review_version(review)])
    return Card(url, _("What %(member)s made of %(film)s.") % {"member": review.member.name, "film": review.film})


def said(review: Review) -> str:
    """What may be shown to somebody who has not seen the film."""
    return _("The ending is behind a curtain.") if review.spoilers else review.excerpt


def review_facts(review: Review) -> dict[str, Any]:
    """In the vocabulary of schema.org. Costs no query."""
    film, member = review.film, review.member
    rating = {"@type": "Rating", "ratingValue": str(review.stars), "bestRating": "5", "worstRating": "0.5"}
    return {
        "@type": "Review",
        "url": settings.SITE_URL + review.get_absolute_url(),
        "author": {"@type": "Person", "name": member.name, "url": settings.SITE_URL + member.get_absolute_url()},
        "itemReviewed": {"@type": "Movie", "name": film.title, "url": settings.SITE_URL + film.get_absolute_url()},
        "datePublished": review.published_at.date().isoformat() if review.published_at else None,
        "reviewRating": rating if review.stars else None,
        "license": review.licence.address,
    }


def draw_review(review: Review) -> Image.Image:
    film = review.film
    return words_card(
        picture_of(film),
        said=said(review),
        by=review.member.name,
        about=[_("on %(film)s") % {"film": name} for name in (str(film), film.original_title) if name],
        half_stars=review.half_stars or 0,
        house=settings.SITE_NAME,
    )
