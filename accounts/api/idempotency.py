"""A POST sent twice with one Idempotency-Key has one effect and one answer."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import SentOnce
from accounts.models.idempotency import LONGEST_KEY

type Handler = Callable[..., Response]


class KeyUsed(APIException):
    status_code = 422
    default_code = "idempotency_key_used"


def shown_once(data: Any, *, told: str, status: int = 201) -> Response:
    """An answer with a secret, which is kept nowhere: the same request with the same key gets `told` instead (409)."""
    response = Response(data, status=status)
    response.when_repeated = Response({"detail": told, "code": "already_made"}, status=409)  # type: ignore[attr-defined]  # for `once`
    return response


def once(handler: Handler) -> Handler:
    """The handler of a POST, but for a key that the member has used at this address before: the answer of then.

    The key's row and the handler's effect are one transaction. A second request with the key waits at the row
    until the first is over. A request that was refused leaves no row, so its key may be used again. An answer with
    a secret must not be kept: `shown_once` says what is answered instead.
    """

    def answer(request: Request, *args: Any, **kwargs: Any) -> Response:
        key = _key_of(request)
        sent = _digest_of(request)
        same = {"member": request.user, "key": key, "path": request.path[:500]}
        with transaction.atomic():
            SentOnce.objects.filter(**same).forgotten().delete()
            first, is_new = SentOnce.objects.get_or_create(**same, defaults={"digest": sent})
            if not is_new:
                return _again(first, sent)
            response = handler(request, *args, **kwargs)
            kept = getattr(response, "when_repeated", response)
            first.status, first.location = kept.status_code, kept.get("Location", "")
            first.answer = JSONRenderer().render(kept.data).decode()
            first.save(update_fields=["status", "location", "answer"])
            return response

    return answer


def _digest_of(request: Request) -> str:
    """A digest of what was sent. The body of a form that was read already, to find its token, cannot be read again, so
    then it is made of the form's fields and files.
    """
    try:
        return hashlib.sha256(request._request.body).hexdigest()
    except RawPostDataException:
        said = hashlib.sha256(repr(sorted(request._request.POST.lists())).encode())
        files: Any = sorted(request._request.FILES.items())
        for name, file in files:
            said.update(f"{name}:{file.name}:{file.size}".encode() + file.read())
            file.seek(0)
        return said.hexdigest()


def _key_of(request: Request) -> str:
    key = request.headers["Idempotency-Key"].strip()
    if not key or len(key) > LONGEST_KEY or not key.isprintable():
        raise ParseError(_("An Idempotency-Key has between 1 and 200 printable characters."))
    return key


def _again(first: SentOnce, sent: str) -> Response:
    if first.digest != sent:
        raise KeyUsed(_("This Idempotency-Key was used for another request. Make a new one."))
    headers = {"Idempotent-Replayed": "true"} | ({"Location": first.location} if first.location else {})
    return Response(json.loads(first.answer) if first.answer else None, status=first.status, headers=headers)
