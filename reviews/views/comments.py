"""Saying something under a review, a list, an article, an essay or a film, changing it, taking it back or down."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from accounts.views.posting import gone_before, gone_to
from films.addresses import film_at
from reviews.actions.subscribing import follow_thread, leave_thread
from reviews.actions.talking import (
    delete_comment,
    edit_comment,
    post_comment,
    put_comment_back,
    take_down_comment,
)
from reviews.forms import CommentForm
from reviews.models import Comment
from reviews.models.comment import Subject, thread_url
from reviews.thread_state import CannotComment
from reviews.threads import shown_under
from reviews.views import articles, essays, lists, review, talk


@dataclass(frozen=True)
class Door:
    """How a kind of thread is come to: what is found by the key of its address, and the page that shows it."""

    find: Callable[[HttpRequest, Any], Subject]
    page: Callable[..., HttpResponse]


def _key(request: HttpRequest) -> str:
    """The key of the link by which a list was reached, as the form sends it along."""
    return request.POST.get("key", "")[:24]


DOORS: Final = {
    "review": Door(review.visible_review, review.page),
    "article": Door(articles.visible_article, articles.page),
    "film_list": Door(lambda request, number: lists.shown_list(request, number, _key(request)), lists.answer),
    "essay": Door(essays.visible_essay, essays.page),
    "film": Door(lambda request, slug: film_at(slug), talk.page),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, kind: str, key: Any) -> HttpResponse:
    """Whoever comes here without a form, because their session had ended, is led to the page of the thread."""
    if request.method != "POST":
        return redirect(talk.PAGES[kind], key)
    subject = DOORS[kind].find(request, key)
    form, status = CommentForm(request.POST), 422
    if form.is_valid():
        wanted, body = form.cleaned_data["reply_to"], form.cleaned_data["body"]
        reply_to = shown_under(subject, request.user).filter(pk=wanted).first() if wanted else None
        if wanted and reply_to is None:
            form.add_error(None, _("The comment that you answer is not here any more. Your words are below."))
        else:
            try:
                posted = post_comment(
                    member=request.user, subject=subject, body=body, reply_to=reply_to, link_key=_key(request)
                )
                return redirect(_shown_at(request, subject, posted))
            except CannotComment as refusal:
                form.add_error(None, str(refusal))
                status = 403
            except ValidationError as refusal:
                form.add_error(None, " ".join(refusal.messages))
    return DOORS[kind].page(request, subject, form, status)


def _shown_at(request: HttpRequest, subject: Subject, comment: Comment) -> str:
    if not _key(request):
        return comment.get_absolute_url()
    page = reverse("reviews:list_link", args=[subject.pk, _key(request)])
    return f"{page}?comment={comment.pk}#comment-{comment.pk}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def subscription(request: MemberRequest, kind: str, key: Any) -> HttpResponse:
    """Follow a thread (`follow=1`), or leave it."""
    if request.method != "POST":
        return redirect(talk.PAGES[kind], key)
    subject = DOORS[kind].find(request, key)
    if request.POST.get("follow") == "1":
        follow_thread(member=request.user, subject=subject, link_key=_key(request))
    else:
        leave_thread(member=request.user, subject=subject)
    if not request.htmx:
        by_link = reverse("reviews:list_link", args=[subject.pk, _key(request)]) if _key(request) else ""
        return redirect(f"{by_link or thread_url(subject)}#comments")
    context = talk.talk_on(request, subject, link_key=_key(request))
    return render(request, "reviews/_follow_thread.html", context)


def own_comment(request: MemberRequest, comment_id: int) -> Comment | None:
    own = Comment.objects.standing().visible_to(request.user).filter(member=request.user)
    return own.with_subject().filter(pk=comment_id).first()


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, comment_id: int) -> HttpResponse:
    comment = own_comment(request, comment_id)
    if comment is None:
        raise Http404
    form = CommentForm(request.POST) if request.method == "POST" else CommentForm(initial={"body": comment.body})
    form.fields["body"].label = _("Your comment")
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(edit_comment(member=request.user, comment=comment, body=form.cleaned_data["body"]))
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
    status = 422 if form.errors else 200
    return render(request, "reviews/edit_comment.html", {"form": form, "comment": comment}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: MemberRequest, comment_id: int) -> HttpResponse:
    comment = own_comment(request, comment_id)
    if comment is None:
        return gone_before(request)
    if request.method == "GET":
        return render(request, "reviews/delete_comment.html", {"comment": comment})
    delete_comment(member=request.user, comment=comment)
    messages.success(request, _("Your comment is deleted."))
    return gone_to(request, f"{thread_url(comment.subject)}#comments")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: MemberRequest, comment_id: int) -> HttpResponse:
    """`down=1` takes a comment down from one's own review, list or essay, `down=0` puts it back."""
    comment = get_object_or_404(Comment.objects.visible_to(request.user).with_subject(), pk=comment_id)
    if request.method == "POST":
        change = put_comment_back if request.POST.get("down") == "0" else take_down_comment
        change(member=request.user, comment=comment)
    return redirect(comment)
