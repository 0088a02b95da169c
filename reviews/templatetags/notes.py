"""`{% note review %}`: a review in a feed (config/drawing.py)."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.templatetags.faces import face
from accounts.templatetags.icons import icon
from config.drawing import drawn
from films.templatetags.posters import poster
from reviews.curtains import is_covered
from reviews.models import Review
from reviews.templatetags.stars import drawn as stars

register = template.Library()

NOTE: Final = """\
<article class="note{look}">
{poster}<div>
{film}{above}{rate}{words}<div class="note-foot">
{beside}<a class="count" href="{url}">{read}<span class="vh">{about}</span></a>
<span class="count">{heart} {likes}<span class="vh"> {likes_word}</span></span>
<a class="count" href="{url}#comments">{talk} {comments}<span class="vh"> {comments_word}{about}</span></a>
</div>
</div>
</article>
"""
FILM: Final = '<{} class="note-film"><a href="{}">{}</a>{}</{}>\n'
YEAR: Final = ' <span class="year">{}</span>'
BY: Final = """\
<div class="by">{}<p><a href="{}">{}</a> \
<a class="when" href="{}"><time datetime="{}">{}</time><span class="vh">{}</span></a></p></div>
"""
RATE: Final = '<p class="note-rate">{}{}</p>\n'
LIKED: Final = '<span class="liked">{} {}</span>'
WORDS: Final = '<p class="note-text">{}</p>'
CURTAIN: Final = """\
<details class="spoiler"><summary><span class="when-shut">{}</span><span class="when-open">{}</span></summary>\
<div class="spoiler-body">{}</div></details>"""
NOTHING: Final = SafeString("")


@register.simple_tag
def note(review: Review, liked: Any = False, heading: str = "", bare: Any = False, lead: Any = False) -> SafeString:
    """A review with its member and film at hand (`Review.objects.with_card()`).

    `bare`: without the film, on the film's own page. `lead`: the first and largest of a feed. `heading`: "h2" or "h3"
    (h3 if not given). `liked`: whether its writer liked the film.
    """
    url = review.get_absolute_url()
    about = _(": %(member)s on %(film)s") % {"member": review.member.name, "film": review.film.title}
    by = _by(review, about)
    return drawn(
        NOTE,
        look=f"{' bare' if bare else ''}{' lead-note' if lead else ''}",
        poster=NOTHING if bare else poster(review.film, "(min-width: 40rem) 10rem, 5rem"),
        film=NOTHING if bare else _film(review, heading or "h3"),
        above=by if bare else NOTHING,
        rate=_rate(review, liked),
        words=_words(review),
        beside=NOTHING if bare else by,
        url=url,
        read=_("Read it"),
        about=about,
        heart=icon("heart", "s"),
        likes=review.like_count,
        likes_word=ngettext("like", "likes", review.like_count),
        talk=icon("talk", "s"),
        comments=review.comment_count,
        comments_word=ngettext("comment", "comments", review.comment_count),
    )


def _film(review: Review, heading: str) -> SafeString:
    film = review.film
    year = drawn(YEAR, film.year) if film.year else NOTHING
    return drawn(FILM, heading, film.get_absolute_url(), film.title, year, heading)


def _by(review: Review, about: str) -> SafeString:
    member, at = review.member, timezone.localtime(review.published_at)
    when = f"{at:%Y-%m-%dT%H:%M:%S%z}", _in_words(at.date(), get_language())
    return drawn(BY, face(member, "s"), member.get_absolute_url(), member.name, review.get_absolute_url(), *when, about)


@lru_cache(maxsize=1000)
def _in_words(day: date, _language: str | None) -> str:
    return date_format(day, "DATE_FORMAT")


def _rate(review: Review, liked: Any) -> SafeString:
    if not (review.half_stars or liked):
        return NOTHING
    heart = drawn(LIKED, icon("heart", "s", "solid"), _("Liked")) if liked else NOTHING
    return drawn(RATE, stars(review.half_stars), heart)


def _words(review: Review) -> SafeString:
    words = drawn(WORDS, review.excerpt)
    if not is_covered(review):
        return words
    return drawn(CURTAIN, _("The ending is behind here. Open the curtain"), _("Draw the curtain again"), words)
