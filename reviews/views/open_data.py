"""The open data: which nights there are, how to read them, and the files. Nowhere where the house hands out none."""

import re
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import Licence
from reviews.actions.opening_data import opened
from reviews.models import Edition, EditionFile
from reviews.open_data import FIELDS

THE_REST: Final = re.compile(r"bytes=(\d{1,15})-(\d{0,15})", re.ASCII)
OF_THE_HOUSE: Final = Licence.ZERO  # of what is the site's own: films with their sums, and ratings


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    editions = nights()
    return render(request, "reviews/open_data.html", {
        "editions": editions,
        "facts": _facts(editions[0]) if editions else None,
        "fields": [(EditionFile.name_of(kind), ", ".join(fields)) for kind, fields in FIELDS.items()],
        "licence": OF_THE_HOUSE,
    })  # fmt: skip


@require_safe
def sums(request: HttpRequest, day: str) -> HttpResponse:
    return HttpResponse(_night(day).sums, content_type="text/plain; charset=utf-8")


@require_safe
def file(request: HttpRequest, day: str, kind: str) -> HttpResponseBase:
    """One file. A cache asks each time whether it is still handed out, and need not fetch it twice; a download that
    broke off goes on where it did.
    """
    found = next((one for one in _night(day).files.all() if one.kind == kind), None)
    if found is None:
        raise Http404
    etag = f'"{found.sha256}"'
    answer = get_conditional_response(request, etag=etag) or _answer_with(found, _begin(request, found, etag))
    answer["ETag"], answer["Cache-Control"], answer["Accept-Ranges"] = etag, "no-cache", "bytes"
    return answer


def nights() -> list[Edition]:
    """The latest first. Raises Http404 where the house hands out no data."""
    if not settings.OPEN_DATA:
        raise Http404
    return list(Edition.objects.handed_out())


def _night(day: str) -> Edition:
    for edition in nights():
        if str(edition) == day:
            return edition
    raise Http404(_("This night is not kept any more."))


def _begin(request: HttpRequest, file: EditionFile, etag: str) -> int:
    """The first byte that is asked for. What does not go on to the end of the file is answered with all of it, as it
    may be.
    """
    asked = THE_REST.fullmatch(request.headers.get("Range", "").strip())
    is_of_this = request.headers.get("If-Range", etag) == etag
    goes_on = asked is not None and (not asked[2] or int(asked[2]) >= file.size - 1)
    return int(asked[1]) if asked is not None and goes_on and is_of_this and request.method == "GET" else 0


def _answer_with(file: EditionFile, begin: int) -> HttpResponseBase:
    if begin >= max(1, file.size):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    try:
        stored = opened(file)
    except FileNotFoundError:
        raise Http404(_("This night is not kept any more.")) from None
    stored.seek(begin)
    name = f"{file.edition.day}-{file.name}"
    answer = FileResponse(stored, as_attachment=True, filename=name, content_type="application/gzip")
    answer["Content-Length"] = str(file.size - begin)
    if begin:
        answer.status_code = 206
        answer["Content-Range"] = f"bytes {begin}-{file.size - 1}/{file.size}"
    return answer


def _facts(edition: Edition) -> dict[str, Any]:
    """Of the latest night, in the vocabulary of schema.org."""
    return {
        "@type": "Dataset",
        "name": _("Open data of %(site)s") % {"site": settings.SITE_NAME},
        "description": _(
            "Films with their ratings, and reviews, essays and lists that members made, every night anew."
        ),
        "url": settings.SITE_URL + edition.get_absolute_url().partition("#")[0],
        "license": OF_THE_HOUSE.address,
        "dateModified": edition.day.isoformat(),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "encodingFormat": "application/gzip",
                "contentUrl": settings.SITE_URL + file.get_absolute_url(),
                "sha256": file.sha256,
            }
            for file in edition.files.all()
        ],
    }
