"""Essays of members, to read: all of them, a member's, one of them; liking one."""

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from films.models import Film, Person
from reviews.actions.composing import like_essay, unlike_essay
from reviews.counting import count_for
from reviews.curtains import opened_for, with_seen
from reviews.essays import essay_facts, essays_of, essays_on_show, with_cards, with_my_like
from reviews.forms import CommentForm
from reviews.marks import attach_marks
from reviews.models import Essay
from reviews.pages import one_of, page_of
from reviews.views.member import head, member_or_redirect
from reviews.views.talk import talk_on

A_PAGE: Final = 24
ORDERS: Final = {"newest": ("published_at", "id"), "liked": ("like_count", "published_at", "id")}


@require_safe
def essays(request: HttpRequest) -> HttpResponse:
    """`sort` is newest or liked."""
    sort = one_of(request, "sort", ORDERS) or "newest"
    return render(request, "reviews/essays.html", cards(request, essays_on_show(request.user), sort) | {"sort": sort})


@require_safe
def of_member(request: HttpRequest, username: str) -> HttpResponse:
    """A member's essays; to themselves also what they have begun."""
    member = member_or_redirect(request, username)
    if isinstance(member, HttpResponse):
        return member
    top = head(request, member) | {"kind": "essays"}
    if not top["lets_in"]:
        raise Http404(_("This account is private."))
    page = cards(request, essays_of(member, request.user), "newest")
    if top["mine"] and not request.GET.get("after"):
        page["drafts"] = Essay.objects.drafts_of(member).only("title", "updated_at").order_by("-updated_at", "-id")
    return render(request, "reviews/member_essays.html", top | page)


def cards(request: HttpRequest, rows: Any, sort: str) -> dict[str, Any]:
    page = page_of(request, with_seen(with_cards(rows), request.user), *ORDERS[sort], size=A_PAGE)
    count_for(request.user, page["rows"])
    return page


def visible_essay(request: HttpRequest, essay_id: int) -> Essay:
    """The essay, if this viewer may read it. Raises Http404, the same for one that is not there."""
    rows: QuerySet[Essay] = Essay.objects.visible_to(request.user).select_related("member")
    return get_object_or_404(with_my_like(opened_for(rows, request.user), request.user), pk=essay_id)


@require_safe
def show(request: HttpRequest, essay_id: int) -> HttpResponse:
    return page(request, visible_essay(request, essay_id))


def page(request: HttpRequest, essay: Essay, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    count_for(request.user, [essay])
    films = list(Film.objects.with_card().filter(essays=essay).popular())
    attach_marks(request.user, films)
    context = {
        "essay": essay,
        "films": films,
        "people": Person.objects.filter(essays=essay).only("slug", "name").order_by("name"),
        "facts": essay_facts(essay, films),
    }
    return render(request, "reviews/essay.html", context | talk_on(request, essay, form), status=status)


@login_required
@posted_from("reviews:essay", "essay_id")
def like(request: MemberRequest, essay_id: int) -> HttpResponse:
    essay = visible_essay(request, essay_id)
    if request.POST.get("liked") == "0":
        unlike_essay(member=request.user, essay=essay)
    else:
        like_essay(member=request.user, essay=essay)
    if not request.htmx:
        return redirect(essay)
    changed = visible_essay(request, essay_id)
    count_for(request.user, [changed])
    return render(request, "reviews/essay.html#like", {"essay": changed})
