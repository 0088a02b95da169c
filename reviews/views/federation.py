"""What other servers ask for and send, where the house speaks to them. Else, and of whoever cannot be followed, 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.api.throttling import address_of
from accounts.federation.naming import (
    CONTENT_TYPE,
    CONTEXT,
    actor_address,
    described,
    followers_address,
    host_here,
)  # fmt: skip
from accounts.federation.receiving import Refused, receive
from accounts.identity import absolute
from accounts.models import Actor, Copy, Follower
from accounts.models.elsewhere import LONGEST_BODY
from accounts.views.posting import posted_by_programs
from reviews.federation.heard import is_wanted
from reviews.federation.things import article, created, line, reviews_of, thing_of, viewings_of

A_PAGE: Final = 10  # of each kind
MOST_NUMBER: Final = 2**63 - 1
NODEINFO: Final = "http://nodeinfo.diaspora.software/ns/schema/2.1"


def for_others[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Nowhere where the house speaks to nobody."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.FEDERATION:
            raise Http404
        return view(*args, **kwargs)

    return answer


def _json(said: dict[str, Any], kind: str = CONTENT_TYPE) -> JsonResponse:
    return JsonResponse(said, content_type=f"{kind}; charset=utf-8")


@never_cache
@require_safe
@for_others
def webfinger(request: HttpRequest) -> HttpResponse:
    """`?resource=acct:ana@films.example.org`, or the address of a member's page or of their actor."""
    resource = request.GET.get("resource", "")
    actor = _called(resource) if resource.startswith("acct:") else _at(resource)
    if actor is None or actor.member is None:
        raise Http404
    own, page = actor_address(actor.pk), absolute(actor.member.get_absolute_url())
    return _json({
        "subject": f"acct:{actor.member.username}@{host_here()}",
        "aliases": [page, own],
        "links": [
            {"rel": "self", "type": CONTENT_TYPE, "href": own},
            {"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page},
        ],
    }, "application/jrd+json")  # fmt: skip


@require_safe
@for_others
def nodeinfo(request: HttpRequest) -> HttpResponse:
    links = [{"rel": NODEINFO, "href": absolute(reverse("reviews:distant_nodeinfo_2_1"))}]
    return _json({"links": links}, "application/json")


@require_safe
@for_others
def nodeinfo_2_1(request: HttpRequest) -> HttpResponse:
    """Which program this is. How many are here is nobody's business but theirs who can be followed."""
    return _json({
        "version": "2.1",
        "software": {"name": "intermission", "version": settings.SPECTACULAR_SETTINGS["VERSION"]},
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": ["rss2.0"]},
        "openRegistrations": settings.SIGNUP == "open",
        "usage": {"users": {"total": Actor.objects.open().count()}},
        "metadata": {"nodeName": settings.SITE_NAME},
    }, "application/json")  # fmt: skip


@never_cache
@require_safe
@for_others
def actor(request: HttpRequest, actor_id: int) -> HttpResponse:
    return _json(described(_open(actor_id)))


@never_cache
@require_safe
@for_others
def followers(request: HttpRequest, actor_id: int) -> HttpResponse:
    """How many; who they are is nobody's business."""
    found = _open(actor_id)
    count = Follower.objects.filter(actor=found, accepted_at__isnull=False).count()
    own = followers_address(found.pk)
    return _json({"@context": CONTEXT, "id": own, "type": "OrderedCollection", "totalItems": count})


@never_cache
@require_safe
@for_others
def outbox(request: HttpRequest, actor_id: int) -> HttpResponse:
    """What the member shows everybody; a page with `?reviews=…&diary=…`, each of which is below these numbers."""
    found = _open(actor_id)
    member, own = found.member_id or 0, absolute(reverse("reviews:distant_outbox", args=[found.pk]))
    below = [_number(request.GET.get(name)) for name in ("reviews", "diary")]
    if below == [None, None]:
        total = reviews_of(member).count() + viewings_of(member).count()
        first = f"{own}?reviews={MOST_NUMBER}&diary={MOST_NUMBER}"
        whole = {"id": own, "type": "OrderedCollection", "totalItems": total, "first": first}
        return _json({"@context": CONTEXT} | whole)
    kinds: list[tuple[Any, Callable[[int, Any], dict[str, Any]]]] = [(reviews_of, article), (viewings_of, line)]
    page, lowest, is_more = [], [], False
    for (rows_of, tell), before in zip(kinds, below, strict=True):
        rows = list(rows_of(member).filter(pk__lt=before or 0).order_by("-pk")[: A_PAGE + 1])
        is_more = is_more or len(rows) > A_PAGE
        page += [created(found.pk, tell(found.pk, row)) for row in rows[:A_PAGE]]
        lowest.append(rows[:A_PAGE][-1].pk if rows else 0)
    said = {
        "@context": CONTEXT, "id": f"{own}?reviews={below[0] or 0}&diary={below[1] or 0}", "partOf": own,
        "type": "OrderedCollectionPage",
        "orderedItems": sorted(page, key=lambda act: str(act["published"]), reverse=True),
    }  # fmt: skip
    return _json(said | ({"next": f"{own}?reviews={lowest[0]}&diary={lowest[1]}"} if is_more else {}))


def review(request: HttpRequest, actor_id: int, number: int) -> HttpResponse:
    return _thing(request, actor_id, Copy.Kind.REVIEW, number)


def viewing(request: HttpRequest, actor_id: int, number: int) -> HttpResponse:
    return _thing(request, actor_id, Copy.Kind.VIEWING, number)


@never_cache
@require_safe
@for_others
def _thing(request: HttpRequest, actor_id: int, kind: str, number: int) -> HttpResponse:
    found = _open(actor_id)
    said = thing_of(found.pk, found.member_id or 0, kind, number)
    if said is None:
        raise Http404
    return _json({"@context": CONTEXT} | said)


@never_cache
@posted_by_programs
@require_POST
@for_others
def inbox(request: HttpRequest, actor_id: int | None = None) -> HttpResponse:
    """Of a member, or of all. It is kept and answered with 202; a job looks whether it is true."""
    if actor_id is not None:
        _open(actor_id)
    try:
        _take(request)
    except Refused as refused:
        answer = JsonResponse({"detail": refused.told}, status=refused.status)
        if refused.wait:
            answer["Retry-After"] = str(refused.wait)
        return answer
    return HttpResponse(status=202)


def _take(request: HttpRequest) -> None:
    """Raises Refused."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdigit() or int(announced) > LONGEST_BODY:
        raise Refused(413, "That is more than this inbox takes at once.")
    try:
        body = request.body
    except UnreadablePostError:
        raise Refused(400, "The request broke off.") from None
    headers = {name.lower(): value for name, value in request.headers.items()}
    target = request.get_full_path()
    receive(headers=headers, target=target, body=body, sender=address_of(request), wanted=is_wanted)


def led_elsewhere(request: HttpRequest, kind: str = "actor", number: int = 0, **whose: Any) -> str:
    """Where a page is for whoever asks for ActivityPub: that of the actor of which `whose` is true, or what is theirs.

    Nothing for all others, without a query.
    """
    if not settings.FEDERATION or "+json" not in request.headers.get("Accept", ""):
        return ""
    found = Actor.objects.open().filter(**whose).first()
    if found is None:
        return ""
    return reverse(f"reviews:distant_{kind}", args=[found.pk, number] if number else [found.pk])


def _open(actor_id: int) -> Actor:
    found = Actor.objects.open().select_related("member").filter(pk=actor_id).first()
    if found is None:
        raise Http404
    return found


def _number(said: str | None) -> int | None:
    return min(int(said), MOST_NUMBER) if said and said.isascii() and said.isdigit() and len(said) < 20 else None


def _called(resource: str) -> Actor | None:
    name, _at_sign, host = resource.removeprefix("acct:").removeprefix("@").partition("@")
    if host.lower() != host_here().lower():
        return None
    return Actor.objects.open().select_related("member").filter(member__username__iexact=name).first()


def _at(address: str) -> Actor | None:
    """By the address of a member's page, or of their actor."""
    try:
        parts = urlsplit(address)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    rows = Actor.objects.open().select_related("member")
    if parts.netloc.lower() != host_here().lower():
        return None
    if match.view_name == "reviews:member":
        return rows.filter(member__username__iexact=match.kwargs["username"]).first()
    return rows.filter(pk=match.kwargs["actor_id"]).first() if match.view_name == "reviews:distant_actor" else None
