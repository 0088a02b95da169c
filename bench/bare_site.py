"""What `pages` compares with: the bytes of a page out of memory, and the same after one SELECT by primary key."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from films.models import Film


@cache
def body(number: int) -> bytes:
    return (Path(os.environ["BENCH_BODIES"]) / str(number)).read_bytes()


def bare(request: HttpRequest, number: int) -> HttpResponse:
    return HttpResponse(body(number))


def select(request: HttpRequest, number: int, film: int) -> HttpResponse:
    Film.objects.only("title").get(pk=film)
    return HttpResponse(body(number))


urlpatterns = [path("bare/<int:number>/", bare), path("select/<int:number>/<int:film>/", select)]
