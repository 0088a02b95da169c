"""The three pages that `server_modes` serves, on Django with the usual middleware and no app of ours."""

import os
import time

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config import database
from config.gateway import Gateway

PAGE = b"x" * 30_000
PLACE = database.parse(os.environ["BENCH_DATABASE"])
if os.environ.get("BENCH_POOL"):
    PLACE["OPTIONS"]["pool"] = {"min_size": 4, "max_size": 4}
else:
    PLACE |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": PLACE},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        # no CSRF check: it would refuse the slow bodies before a view asks for them
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
django.setup()


def fixed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE if request.method == "GET" else request.body)


def select(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE oid = 1259")
        cursor.fetchone()
    return HttpResponse(PAGE)


def work(request: HttpRequest) -> HttpResponse:
    ends = time.thread_time() + 0.008
    while time.thread_time() < ends:
        pass
    return select(request)


urlpatterns = [path("fixed", fixed), path("select", select), path("work", work)]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
gateway = Gateway(wsgi, threads=int(os.environ.get("BENCH_THREADS", "1")), waiting=64, largest_body=2**20)
