"""What a member has begun to write and not posted yet."""

from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import MemberRequest
from reviews.models import Essay, Review
from reviews.pages import page_of

A_PAGE: Final = 20


@login_required
@require_safe
def drafts(request: MemberRequest) -> HttpResponse:
    """All of them, what was written last first. Nobody else sees any."""
    rows = Review.objects.drafts_of(request.user).with_card()
    essays = Essay.objects.drafts_of(request.user).only("title", "updated_at").order_by("-updated_at", "-id")
    page = page_of(request, rows, "updated_at", "id", size=A_PAGE)
    return render(request, "reviews/drafts.html", page | {"essays": essays})
