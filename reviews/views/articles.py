"""The journal: news, essays, interviews and critics' reviews."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from films.models import Film, Person
from films.paging import BadCursor, Run, page_of
from reviews.marks import attach_marks
from reviews.models import Article

A_PAGE = 13  # the first is large, the rest in pairs
NEWEST = (Run(("published_at", "id")),)
MOST_FILMS = 12
MOST_PEOPLE = 30


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    rows = Article.objects.published().select_related("author").defer("body_html", "headings")
    rows = rows.filter(kind=kind) if kind in Article.Kind.values else rows
    try:
        page = page_of(
            rows, NEWEST, size=A_PAGE, after=request.GET.get("after", ""), before=request.GET.get("before", "")
        )
    except BadCursor:
        return redirect("reviews:articles")
    return render(request, "reviews/articles.html", {
        "articles": page.rows,
        "kind": kind if kind in Article.Kind.values else "",
        "kinds": Article.Kind.choices,
        "previous_url": _address(kind, before=page.before) if page.before else "",
        "next_url": _address(kind, after=page.after) if page.after else "",
    })  # fmt: skip


def _address(kind: str, **cursor: str) -> str:
    return f"{reverse('reviews:articles')}?{urlencode(({'kind': kind} if kind else {}) | cursor)}"


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse | HttpResponseRedirect:
    """One article. Somebody who may edit it sees it before its time."""
    may_edit = request.user.has_perm("reviews.change_article")
    rows = Article.objects.all() if may_edit else Article.objects.published()
    found = get_object_or_404(rows.select_related("author"), slug=slug)
    films = list(Film.objects.with_card().filter(articles=found).popular()[:MOST_FILMS])
    attach_marks(request.user, films)
    return render(request, "reviews/article.html", {
        "article": found,
        "films": films,
        "lead": films[0] if len(films) == 1 else None,
        "people": Person.objects.filter(articles=found).only("slug", "name").order_by("name")[:MOST_PEOPLE],
        "more": Article.objects.published().exclude(pk=found.pk).newest().defer("body_html")[:3],
    })  # fmt: skip
