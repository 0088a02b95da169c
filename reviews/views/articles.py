"""The journal: news, essays, interviews and critics' reviews."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from films.models import Film, Person
from reviews.blind import cover_critics
from reviews.counting import count_for
from reviews.curtains import opened_for
from reviews.forms import CommentForm
from reviews.journal import article_facts, with_card
from reviews.marks import attach_marks
from reviews.models import Article
from reviews.pages import one_of, page_of
from reviews.views.talk import talk_on

A_PAGE = 13  # the first is large, the rest in pairs
MOST_FILMS = 12
MOST_PEOPLE = 30


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    kind = one_of(request, "kind", Article.Kind.values)
    rows = with_card(Article.objects.published())
    rows = rows.filter(kind=kind) if kind else rows
    page = page_of(request, rows, "published_at", "id", size=A_PAGE)
    cover_critics(request.user, page["rows"])
    return render(request, "reviews/articles.html", {
        "kind": kind,
        "kinds": Article.Kind.choices,
    } | page)  # fmt: skip


def visible_article(request: HttpRequest, slug: str) -> Article:
    """Somebody who may edit it sees it before its time. Raises Http404."""
    may_edit = request.user.has_perm("reviews.change_article")
    rows = opened_for(Article.objects.all() if may_edit else Article.objects.published(), request.user)
    return get_object_or_404(rows.select_related("author"), slug=slug)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, visible_article(request, slug))


def page(request: HttpRequest, found: Article, form: CommentForm | None = None, status: int = 200) -> HttpResponse:
    count_for(request.user, [found])
    films = list(Film.objects.with_card().filter(articles=found).popular()[:MOST_FILMS])
    attach_marks(request.user, films)
    more = list(with_card(Article.objects.published().exclude(pk=found.pk).newest())[:3])
    cover_critics(request.user, [found, *more])
    context = {
        "article": found,
        "facts": article_facts(found, films),
        "films": films,
        "lead": films[0] if len(films) == 1 else None,
        "people": Person.objects.filter(articles=found).only("slug", "name").order_by("search_text")[:MOST_PEOPLE],
        "more": more,
    }
    return render(request, "reviews/article.html", context | talk_on(request, found, form), status=status)
