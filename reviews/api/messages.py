"""What webhooks send, for the API's description (OpenAPI 3.1, `webhooks`)."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiWebhook

from accounts.models import Event
from accounts.models.webhook import TEST
from reviews.api.webhooks import FINDS

# Of what is gone there is no more to say than how it was called.
GONE: Final = {
    Event.DIARY_DELETED: ("id", "film"),
    Event.REVIEW_DELETED: ("id", "film"),
    Event.ESSAY_DELETED: ("id",),
    Event.LIST_DELETED: ("id",),
    Event.FILM_DELETED: ("slug",),
}
HEADERS: Final = {
    "webhook-id": "The message's number, the same at each attempt.",
    "webhook-timestamp": "The second of this attempt, since 1970.",
    "webhook-signature": "`v1,` and HMAC-SHA256 of `id.timestamp.body` in Base64; several with blanks between.",
}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": [*properties], "properties": properties}


def _data(event: Event) -> dict[str, Any]:
    if event == Event.FILM_MERGED:
        return _object(slug={"type": "string"}, into={"$ref": "#/components/schemas/Film"})
    if event in GONE:
        return _object(**{name: {"type": "integer" if name == "id" else "string"} for name in GONE[event]})
    return {"$ref": f"#/components/schemas/{FINDS[event][0].__name__.removesuffix('Serializer')}"}


def _message(name: str, says: str, data: dict[str, Any]) -> OpenApiWebhook:
    body = _object(type={"const": name}, timestamp={"type": "string", "format": "date-time"}, data=data)
    headers = [
        {"name": header, "in": "header", "required": True, "schema": {"type": "string"}, "description": meaning}
        for header, meaning in HEADERS.items()
    ]
    said = {
        "summary": says,
        "description": "Sent to the addresses that members registered for it.",
        "tags": ["Webhooks"],
        "parameters": headers,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"2XX": {"description": "It was taken. Anything else has it sent again later."}},
    }
    return OpenApiWebhook(name=name, decorator={"post": said})


MESSAGES: Final = [
    *(_message(event.value, str(event.label), _data(event)) for event in Event),
    _message(TEST, "You ask for a test", {"type": "object"}),
]
