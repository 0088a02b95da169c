"""Where players at home say what was watched. They know the secret of the address and nothing else."""

import json
import time
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.api.throttling import address_of
from accounts.models.limit import SPAN, count_request
from accounts.views.posting import posted_by_programs
from reviews.actions.listening import Answer, hear
from reviews.models import Player
from reviews.players.heard import NotUnderstood
from reviews.players.reading import read

MOST_BYTES: Final = 2**20  # Plex sends a small picture along
MOST_REQUESTS: Final = 300  # of a player in five minutes, each pause and each stop among them
MOST_GUESSES: Final = 60  # of an address, where there is no player, in as long
FIELDS: Final = ("payload", "data")  # in which Plex and Emby put their JSON where they send a form


class Refused(Exception):
    """What is answered with this status, and told in a sentence."""

    def __init__(self, status: int, code: str, detail: str, wait: int = 0) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.wait = status, code, detail, wait


class NoFiles(FileUploadHandler):
    """Reads over the pictures that come along, and keeps none of them."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        raise SkipFile

    def file_complete(self, file_size: int) -> None:
        return None


@never_cache
@posted_by_programs
@require_POST
def play(request: HttpRequest, secret: str) -> JsonResponse:
    """Heeds no session. What is understood is answered with 200, whether it asks for anything or not: no player could
    make anything of another answer. Whatever a script could have written better is told to it.
    """
    try:
        player = _player(request, secret)
        answer = hear(player=player, heard=read(_said(request)))
    except NotUnderstood:
        return _refusal(Refused(400, "not_understood", _("This is not in a form that players send, or scripts.")))
    except ValidationError as refusal:
        if hasattr(refusal, "error_dict"):
            return JsonResponse(refusal.message_dict, status=400)
        return _refusal(Refused(400, "invalid", " ".join(refusal.messages)))
    except Refused as refused:
        return _refusal(refused)
    if answer.wait:
        told = _("You have written as many lines as one may in a day. It comes in by itself when you may go on.")
        return _refusal(Refused(429, "limit", told, answer.wait))
    return JsonResponse(_told(answer))


def _told(answer: Answer) -> dict[str, Any]:
    row = answer.playing
    return {
        "outcome": answer.outcome,
        "film": row.film.slug if row and row.film else None,
        "viewing": row.viewing_id if row else None,
    }


def _player(request: HttpRequest, secret: str) -> Player:
    """Raises Http404 where there is none, whatever the reason."""
    player = Player.objects.at(secret).select_related("member").first()
    key, most = (f"player:{player.pk}", MOST_REQUESTS) if player else (f"no player:{address_of(request)}", MOST_GUESSES)
    now = time.time()
    if count_request(key, int(now // SPAN)) > most:
        wait = int(SPAN - now % SPAN) + 1
        raise Refused(429, "throttled", _("That is more than the site takes in five minutes."), wait)
    if player is None:
        raise Http404(_("There is nothing here by that name."))
    return player


def _said(request: HttpRequest) -> Mapping[str, Any]:
    """What was sent: JSON, or a form that has it in a field, or that is flat itself."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdigit() or int(announced) > MOST_BYTES:
        raise Refused(413, "too_large", _("That is more than the site takes in one request."))
    try:
        if request.content_type == "multipart/form-data":
            request.upload_handlers = [NoFiles(request)]
            return _of_form(request)
        if request.content_type == "application/x-www-form-urlencoded" and not request.body.lstrip().startswith(b"{"):
            return _of_form(request)  # else curl wrote JSON under its usual name
        return _json(request.body)
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError, UnicodeError):
        _give_up()


def _of_form(request: HttpRequest) -> Mapping[str, Any]:
    held = next((request.POST[name] for name in FIELDS if name in request.POST), None)
    return request.POST.dict() if held is None else _json(held)


def _json(text: str | bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        _give_up()
    if not isinstance(said, Mapping):
        raise NotUnderstood
    return said


def _give_up() -> NoReturn:
    raise Refused(400, "unreadable", _("This cannot be read. Send it as JSON.")) from None


def _refusal(refused: Refused) -> JsonResponse:
    answer = JsonResponse({"detail": refused.detail, "code": refused.code}, status=refused.status)
    if refused.wait:
        answer["Retry-After"] = str(refused.wait)
    return answer
