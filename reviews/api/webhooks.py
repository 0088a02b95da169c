"""What programs are told at addresses of their own: of each thing what the API shows of it to the member then.

By the same queries and serializers as when the member asks, so that nothing is told that they could not read.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from accounts.models import Delivery, Event, Follow, User
from films.api.queries import whole_films
from films.api.serializers import FilmSerializer
from films.models import Film, Merge
from films.survivors import survivors
from reviews.api.essay_serializers import EssaySerializer
from reviews.api.essays import essays_for
from reviews.api.favourites import ProfileSerializer
from reviews.api.list_serializers import ListSerializer, lists_for
from reviews.api.marks import OwnMarkSerializer
from reviews.api.queries import films_named, reviews_for, viewings_for, with_owned
from reviews.api.serializers import ReviewSerializer
from reviews.api.viewings import ViewingSerializer
from reviews.blind import with_cover
from reviews.models import Mark

type Find = Callable[[User, int], Any]


def shown(member: User, delivery: Delivery) -> Any:
    """What to say of what a message is about; None where the member cannot see it any more, or it is gone."""
    event, gone = Event(delivery.event), delivery.gone
    if gone is not None and event == Event.FILM_MERGED:
        kept = gone["into"]  # which may be another's by now
        into = _said(FilmSerializer, _film(member, survivors(Merge.Kind.FILM, [kept]).get(kept, kept)), member)
        return into and {"slug": gone["slug"], "into": into}
    if gone is not None:
        return gone
    serializer, find = FINDS[event]
    return _said(serializer, find(member, delivery.about), member)


def _said(serializer: type[BaseSerializer[Any]], row: Any, member: User) -> Any:
    return None if row is None else serializer(row, context={"request": request_of(member)}).data


def request_of(member: User) -> Request:
    """A question of the member's at the site's own address, of which serializers make addresses."""
    site = urlsplit(settings.SITE_URL)
    asked = WSGIRequest({
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "wsgi.input": BytesIO(), "wsgi.url_scheme": site.scheme,
        "HTTP_HOST": site.netloc, "SERVER_NAME": site.hostname or "", "SERVER_PORT": str(site.port or ""),
    })  # fmt: skip
    request = Request(asked)
    request.user = member
    request.auth = None
    return request


def _viewing(member: User, number: int) -> Any:
    return viewings_for(member).filter(pk=number, member=member).first()


def _review(member: User, number: int) -> Any:
    return reviews_for(member).filter(pk=number, member=member, published_at__isnull=False).first()


def _essay(member: User, number: int) -> Any:
    return essays_for(member).filter(pk=number, member=member, published_at__isnull=False).first()


def _mark(member: User, film: int) -> Any:
    return films_named(with_owned(Mark.objects.filter(member=member, film=film), member), *OF_A_MARK).first()


def _list(member: User, number: int) -> Any:
    return lists_for(member).filter(pk=number, member=member).first()


def _follower(member: User, number: int) -> Any:
    """As long as they follow, and neither is suspended nor kept apart from the member."""
    follows = Follow.objects.filter(followed=member, follower=number)
    return User.objects.active().not_blocking(member).filter(pk__in=follows.values("follower")).first()


def _film(member: User, number: int) -> Film | None:
    return with_cover(whole_films(), member).filter(pk=number).first()


OF_A_MARK: Final = ("half_stars", "incident", "watched_at", "liked_at", "watchlisted_at", "visibility", "updated_at")
FINDS: Final[dict[Event, tuple[type[BaseSerializer[Any]], Find]]] = {
    Event.DIARY_ADDED: (ViewingSerializer, _viewing),
    Event.DIARY_CHANGED: (ViewingSerializer, _viewing),
    Event.REVIEW_POSTED: (ReviewSerializer, _review),
    Event.REVIEW_CHANGED: (ReviewSerializer, _review),
    Event.ESSAY_POSTED: (EssaySerializer, _essay),
    Event.ESSAY_CHANGED: (EssaySerializer, _essay),
    Event.RATING_CHANGED: (OwnMarkSerializer, _mark),
    Event.WATCHLIST_CHANGED: (OwnMarkSerializer, _mark),
    Event.LIST_CHANGED: (ListSerializer, _list),
    Event.FOLLOWER_ADDED: (ProfileSerializer, _follower),
    Event.FILM_ADDED: (FilmSerializer, _film),
    Event.FILM_CHANGED: (FilmSerializer, _film),
}
