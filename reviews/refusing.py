"""A page for whoever has done enough for now, where no form could say so."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reviews.trust import LimitReached


class SayWhenToGoOn:
    """Answers 429, with the sentence of the limit, where a view let LimitReached through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        if not isinstance(refusal, LimitReached):
            return None
        answer = render(request, "429.html", {"sentence": " ".join(refusal.messages)}, status=429)
        answer["Retry-After"] = str(refusal.wait)
        return answer
