"""Reviews and lines of the diary as other servers take them: what everybody may read of them, and nothing else.

A review is an Article, with a Note in few words for servers that show no articles; a line of the diary is a Note.
`relatedWith` and a tag of type Movie are what NeoDB reads. It takes one tag, and finds films by IMDb's addresses and
TMDB's, so the tag leads there where the catalogue knows them.
"""

import hashlib
import json
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.federation.naming import EVERYBODY, actor_address, copy_address, followers_address, stamp
from accounts.identity import absolute
from accounts.models import Copy
from films.models import Film, FilmId
from reviews.federation.masking import masked
from reviews.models import Review, Viewing

NOBODY: Final = AnonymousUser()
BEST, WORST = 10, 1
LOOKED_UP_BY: Final = (FilmId.Source.IMDB, FilmId.Source.TMDB)


def reviews_of(member: int) -> "QuerySet[Review]":
    """Those that everybody may read, with all that is told of them."""
    rows = Review.objects.visible_to(NOBODY).filter(member=member, removed_at=None)
    return rows.select_related("film").prefetch_related("film__external_ids")


def viewings_of(member: int) -> "QuerySet[Viewing]":
    """Those that everybody may read and of which no review tells more, with all that is told of them."""
    told = Review.objects.visible_to(NOBODY).filter(viewing=OuterRef("pk"))
    rows = Viewing.objects.visible_to(NOBODY).filter(~Exists(told), member=member)
    return rows.select_related("film").prefetch_related("film__external_ids")


def thing_of(actor: int, member: int, kind: str, number: int) -> dict[str, Any] | None:
    """What everybody may read of that row now; None where that is nothing."""
    if kind == Copy.Kind.REVIEW:
        review = reviews_of(member).filter(pk=number).first()
        return None if review is None else article(actor, review)
    viewing = viewings_of(member).filter(pk=number).first()
    return None if viewing is None else line(actor, viewing)


def article(actor: int, review: Review) -> dict[str, Any]:
    with override(settings.LANGUAGE_CODE):
        return _article(actor, review)


def _article(actor: int, review: Review) -> dict[str, Any]:
    film, url = review.film, absolute(review.get_absolute_url())
    own = copy_address(actor, Copy.Kind.REVIEW, review.pk)
    name = _("A review of %(film)s") % {"film": film}
    head = format_html("<p>{}</p>", said_of(film, review.half_stars))
    more = format_html('<p><a href="{}">{}</a></p>', url, _("Read the review"))
    words = "" if review.spoilers else format_html("<p>{}</p>", review.excerpt)
    published, changed = stamp(review.published_at), stamp(review.updated_at)
    said: dict[str, Any] = {
        "id": own,
        "type": "Article",
        "name": name,
        "content": head + masked(review.body_html) + more,
        "url": url,
        "published": published,
        "preview": {"type": "Note", "content": head + words + more, "published": published},
        "tag": [_tag(film)],
        "relatedWith": _related(own, film, review.half_stars, published, changed, actor),
    } | _for_everybody(actor)
    if changed > published:
        said["updated"] = changed
    if review.spoilers:
        return said | {"summary": _("This tells how the film ends."), "sensitive": True}
    said["relatedWith"].append({
        "id": f"{own}#review", "type": "Review", "name": name, "content": masked(review.body_html), "href": url,
        "withRegardTo": said["tag"][0]["href"], "published": published, "updated": changed,
        "attributedTo": actor_address(actor),
    })  # fmt: skip
    return said


def line(actor: int, viewing: Viewing) -> dict[str, Any]:
    with override(settings.LANGUAGE_CODE):
        return _line(actor, viewing)


def _line(actor: int, viewing: Viewing) -> dict[str, Any]:
    film, own = viewing.film, copy_address(actor, Copy.Kind.VIEWING, viewing.pk)
    url, published = absolute(film.get_absolute_url()), stamp(viewing.created_at)
    how = _("Seen again.") if viewing.rewatch else _("Seen.")
    return {
        "id": own,
        "type": "Note",
        "content": format_html('<p>{} <a href="{}">{}</a></p>', said_of(film, viewing.half_stars, how), url, url),
        "url": url,
        "published": published,
        "tag": [_tag(film)],
        "relatedWith": _related(own, film, viewing.half_stars, published, stamp(viewing.updated_at), actor),
    } | _for_everybody(actor)


def said_of(film: Film, half_stars: int | None, otherwise: str = "") -> str:
    """★★★★½ Baby Driver (2017)"""
    stars = "★" * (half_stars // 2) + "½" * (half_stars % 2) if half_stars else otherwise
    year = f" ({film.year})" if film.year else ""
    return f"{stars} {film.title}{year}".strip()


def digest_of(said: dict[str, Any]) -> str:
    """The same for what says the same, whenever it was last saved."""
    lasting = {name: value for name, value in said.items() if name not in {"updated", "relatedWith"}}
    about = [{name: value for name, value in one.items() if name != "updated"} for one in said["relatedWith"]]
    return hashlib.sha256(json.dumps([lasting, about], sort_keys=True).encode()).hexdigest()


def created(actor: int, said: dict[str, Any]) -> dict[str, Any]:
    return _act("Create", actor, said, "create")


def updated(actor: int, said: dict[str, Any], digest: str) -> dict[str, Any]:
    """With a time, without which Mastodon takes it for no edit."""
    return _act("Update", actor, {"updated": stamp(timezone.now())} | said, f"update-{digest[:12]}")


def deleted(actor: int, address: str) -> dict[str, Any]:
    return {
        "id": f"{address}#delete", "type": "Delete", "actor": actor_address(actor), "to": [EVERYBODY],
        "object": {"id": address, "type": "Tombstone"},
    }  # fmt: skip


def _act(kind: str, actor: int, said: dict[str, Any], name: str) -> dict[str, Any]:
    to = {"to": said["to"], "cc": said["cc"], "published": said["published"]}
    return {"id": f"{said['id']}#{name}", "type": kind, "actor": actor_address(actor), "object": said} | to


def _for_everybody(actor: int) -> dict[str, Any]:
    return {"attributedTo": actor_address(actor), "to": [EVERYBODY], "cc": [followers_address(actor)]}


def _tag(film: Film) -> dict[str, Any]:
    known = {each.source: each.url for each in film.external_ids.all()}
    href = next((known[source] for source in LOOKED_UP_BY if source in known), absolute(film.get_absolute_url()))
    return {"type": "Movie", "name": film.title, "href": href}


def _related(
    own: str, film: Film, half_stars: int | None, published: str, changed: str, actor: int
) -> list[dict[str, Any]]:
    if half_stars is None:
        return []
    return [{
        "id": f"{own}#rating", "type": "Rating", "best": BEST, "worst": WORST, "value": half_stars,
        "withRegardTo": _tag(film)["href"], "href": own, "published": published, "updated": changed,
        "attributedTo": actor_address(actor),
    }]  # fmt: skip
