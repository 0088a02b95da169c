"""Saying something under a review, changing it, taking it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import MemberRequest
from accounts.views.posting import posted_from
from reviews.actions.talking import delete_comment, edit_comment, post_comment
from reviews.forms import CommentForm
from reviews.models import Comment
from reviews.models.comment import thread_url
from reviews.views.review import page, report_text, visible_review


@login_required
@posted_from("reviews:review", "review_id")
def add(request: MemberRequest, review_id: int) -> HttpResponse:
    review = visible_review(request, review_id)
    form = CommentForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data["reply_to"]
        reply_to = Comment.objects.visible_to(request.user).filter(review=review, pk=wanted).first() if wanted else None
        if wanted and reply_to is None:
            form.add_error(None, _("The comment that you answer is not here any more. Your words are below."))
        else:
            try:
                return redirect(
                    post_comment(member=request.user, review=review, body=form.cleaned_data["body"], reply_to=reply_to)
                )
            except ValidationError as refusal:
                form.add_error(None, " ".join(refusal.messages))
    return render(request, "reviews/review.html", page(request, review, form), status=422)


def own_comment(request: MemberRequest, comment_id: int) -> Comment:
    own = Comment.objects.standing().visible_to(request.user).filter(member=request.user)
    return get_object_or_404(own.select_related("review__film", "review__member", "member"), pk=comment_id)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, comment_id: int) -> HttpResponse:
    comment = own_comment(request, comment_id)
    form = CommentForm(request.POST) if request.method == "POST" else CommentForm(initial={"body": comment.body})
    form.fields["body"].label = _("Your comment")
    if request.method == "POST" and form.is_valid():
        return redirect(edit_comment(member=request.user, comment=comment, body=form.cleaned_data["body"]))
    status = 422 if form.errors else 200
    return render(request, "reviews/edit_comment.html", {"form": form, "comment": comment}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request: MemberRequest, comment_id: int) -> HttpResponse:
    comment = own_comment(request, comment_id)
    if request.method == "GET":
        return render(request, "reviews/delete_comment.html", {"comment": comment})
    thread = thread_url(comment.subject)
    delete_comment(member=request.user, comment=comment)
    messages.success(request, _("Your comment is deleted."))
    return redirect(f"{thread}#comments")


@login_required
@require_http_methods(["GET", "POST"])
def report_comment(request: MemberRequest, comment_id: int) -> HttpResponse:
    standing = Comment.objects.standing().visible_to(request.user).select_related("review__film", "member")
    return report_text(request, get_object_or_404(standing, pk=comment_id))
