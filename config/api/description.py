"""The words and the common parts of the API's description. Plain values: the settings read them."""

from typing import Any, Final

# The parts of the documentation, by the first word of the path.
TAGS: Final = {
    "films": ("Films", "The catalogue, and what you make of a film."),
    "people": ("People", "Who made the films."),
    "awards": ("Awards", "Who won and who was nominated, year by year."),
    "left-addresses": ("Films", ""),
    "charts": (
        "Charts",
        "Who stands where: trending, popular, the top 250, hidden gems, and by genre, country and decade.",
    ),
    "reviews": ("Reviews", "What members wrote, their comments, likes and reports."),
    "comments": ("Reviews", ""),
    "essays": ("Essays", "What members write about several films, people, or cinema as such."),
    "lists": ("Lists", "Films that members put together: their order, notes, copies, and who helps."),
    "diary": ("Diary", "Your viewings, day by day."),
    "articles": ("Editorial", "Articles, collections, and what leaves which service soon."),
    "collections": ("Editorial", ""),
    "leaving-soon": ("Editorial", ""),
    "calendar": ("Films", ""),
    "members": ("Members", "Members' profiles and lists; following and blocking."),
    "house": ("House", "What house this is, its own pages, and its notices."),
    "screenings": ("Screenings", "What the house shows, where and when, and saying that you come."),
    "tonight": ("Tonight", "A few people choose a film together: whoever has the link, guests without an account too."),
    "me": ("You", "Your own profile, tokens and notifications."),
    "transparency": ("Moderation", "What was reported and decided, in figures."),
    "open-data": ("Open data", "What is public, as files that are written every night."),
    "search": ("Search", "Looking for anything, and guessing what is being typed."),
}


def _error(description: str, detail: str, code: str, schema: str = "Error") -> dict[str, Any]:
    example = {"detail": detail, "code": code}
    return _answer(description, schema, {"error": {"value": example}})


def _answer(description: str, schema: str, examples: dict[str, Any]) -> dict[str, Any]:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}, "examples": examples}
    return {"description": description, "content": {"application/json": content}}


REFUSED: Final = {
    "field": {"value": {"body": ["This field may not be blank."]}},
    "other": {"value": {"detail": "Clear your rating first: it says that you have seen the film.", "code": "rated"}},
}
SLOW_DOWN: Final = _error("Too many requests", "Request was throttled. Expected available in 42 seconds.", "throttled")

COMPONENTS: Final[dict[str, Any]] = {
    "schemas": {
        "Error": {
            "type": "object",
            "description": "Why something was refused: a sentence for people and a code for programs.",
            "properties": {"detail": {"type": "string"}, "code": {"type": "string"}},
            "required": ["detail", "code"],
        },
        "FieldErrors": {
            "type": "object",
            "description": "What is wrong, by field.",
            "additionalProperties": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        },
        "Refusal": {"anyOf": [{"$ref": "#/components/schemas/Error"}, {"$ref": "#/components/schemas/FieldErrors"}]},
    },
    "responses": {
        "BadRequest": _answer("What was sent cannot be used", "Refusal", REFUSED),
        "NotLoggedIn": _error(
            "Nobody is logged in", "Authentication credentials were not provided.", "not_authenticated"
        ),
        "NotAllowed": _error("You may not do this", "You cannot like your own review.", "permission_denied"),
        "NotFound": _error("Not there, or not for you", "There is nothing here by that name.", "not_found"),
        "Changed": _error(
            "Changed or made elsewhere in the meantime",
            "This review was changed in another window since you opened it here.",
            "stale",
        ),
        "OtherRequest": _error(
            "The Idempotency-Key was used for another request",
            "This Idempotency-Key was used for another request. Make a new one.",
            "idempotency_key_used",
        ),
        "TooLarge": _error("The body is too large", "That is more than the site takes in one request.", "too_large"),
        "NotJson": _error(
            "The body is not JSON", 'Unsupported media type "text/plain" in request.', "unsupported_media_type"
        ),
        "Moved": {
            "description": "It has a new address for ever",
            "headers": {"Location": {"schema": {"type": "string", "format": "uri"}}},
        },
        "NotModified": {"description": "You have this answer already: its ETag is in your If-None-Match"},
        "SlowDown": SLOW_DOWN
        | {"headers": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}},
    },
    "parameters": {
        "IdempotencyKey": {
            "name": "Idempotency-Key",
            "in": "header",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
            "description": "Any text of your own, new for each thing you want done. Sent again within a day, the "
            "request has no second effect and gets the answer of the first.",
        },
        "IfNoneMatch": {
            "name": "If-None-Match",
            "in": "header",
            "schema": {"type": "string"},
            "description": "The ETag of the answer that you have.",
        },
    },
}
SETTINGS: Final[dict[str, Any]] = {
    "TITLE": "Intermission",
    "DESCRIPTION": "Films, and what members make of them. JSON in and out; times in UTC; stars from 0.5 to 5 in "
    "halves. Lists come in pages: follow `next` until it is null.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "WEBHOOKS": "reviews.api.messages.MESSAGES",
    "APPEND_COMPONENTS": COMPONENTS,
    "ENUM_NAME_OVERRIDES": {
        "ReleaseKind": "films.models.release.Release.Kind",
        "CopyKind": "reviews.models.owned_copy.CopyKind",
        "WatchingKind": "films.models.availability.Availability.Kind",
        "SuggestionKind": "films.models.suggestion.Suggestion.Kind",
        "NoticeKind": "reviews.models.notification.Notice",
        "ImportRule": "reviews.models.importing.Import.Rule",
        "ArticleKind": "reviews.models.article.Article.Kind",
        "HousePageKind": "reviews.models.house.HousePage.Kind",
        "HouseNoticeKind": "reviews.models.house_notice.HouseNotice.Kind",
        "Audience": "reviews.models.house_notice.HouseNotice.Audience",
        "OutcomeEnum": "films.models.award.Award.Outcome",
        "PlayingOutcome": "reviews.models.player.Playing.Outcome",
        "Visibility": "reviews.models.visibility.Visibility",
        "ListVisibility": "reviews.models.film_list.FilmList.Visibility",
    },
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "TAGS": [{"name": name, "description": says} for name, says in TAGS.values() if says],
}
