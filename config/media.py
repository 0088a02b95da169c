"""Uploaded and made files, served as what they are and nothing else; with S3 the store serves them instead."""

import mimetypes
import posixpath
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

# What the site itself stores. Anything else is handed out as a download without a type.
TYPES = {"image/webp", "image/avif", "image/jpeg", "image/png", "image/svg+xml"}
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")


@require_safe
def serve(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT. Its name changes when its bytes do, so it may be kept for ever."""
    file = _file(path)
    status = file.stat()
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    kind = mimetypes.guess_type(file.name)[0]
    if _unchanged(request, etag, status.st_mtime):
        response: HttpResponseBase = HttpResponseNotModified()
    elif request.method == "HEAD":
        response = HttpResponse(headers={"Content-Length": str(status.st_size)})
    else:
        response = FileResponse(file.open("rb"))
    response["Content-Type"] = kind if kind in TYPES else "application/octet-stream"
    if kind not in TYPES:
        response["Content-Disposition"] = "attachment"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(status.st_mtime)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # posters may be shown by feed readers and other pages
    return response


def _file(path: str) -> Path:
    """The file at this address, which must lie in MEDIA_ROOT itself and not be hidden."""
    root = Path(settings.MEDIA_ROOT).resolve()
    if "\0" in path or "\\" in path or posixpath.normpath(path) != path:
        raise Http404
    file = (root / path).resolve()
    hidden = any(part.startswith(".") for part in Path(path).parts)
    if hidden or not file.is_relative_to(root) or not file.is_file():
        raise Http404
    return file


def _unchanged(request: HttpRequest, etag: str, modified: float) -> bool:
    if known := request.headers.get("If-None-Match"):
        return etag in (tag.strip().removeprefix("W/") for tag in known.split(",")) or known.strip() == "*"
    since = parse_http_date_safe(request.headers.get("If-Modified-Since", ""))
    return since is not None and int(modified) <= since
