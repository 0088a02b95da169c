"""A client of the API for tests: every answer that it gets is held to the API's own description.

`GOLDEN=write` in the environment writes the golden files anew; read the difference before you commit it.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from jsonschema import Draft202012Validator, FormatChecker

from accounts.models import User
from config.api.docs import description
from tests import make

GOLDEN = Path(__file__).with_name("golden")
TIMES = {"created_at", "updated_at", "published_at", "joined_at", "added_at", "edited_at", "last_used_at", "expires_at"}
TIMES |= {"invited_at", "stated_at", "decided_at", "counted_at", "dismissed_at", "started_at", "made_at"}
TIMES |= {"left_at", "rated_at", "liked_at", "asked_at", "finished_at", "kept_until", "taken_in_at", "undone_at"}
TIMES |= {"tried_at", "next_at", "recommended_at"}
DAYS = {"ends_on", "night", "deleted_on"}
NUMBERS = {"id", "size", "review", "viewing", "reply_to", "editable_seconds"}


FORMATS = FormatChecker()


@FORMATS.checks("uri")
def is_address(value: Any) -> bool:
    """What the library checks with another library alone."""
    return not isinstance(value, str) or bool(re.match(r"[a-z][a-z0-9+.-]*:[^\s]+$", value))


class Api:
    """`as_` logs a member in by a session; `token` is a personal token's secret."""

    def __init__(self, *, as_: User | None = None, token: str = "", **headers: str) -> None:
        self.client = Client(raise_request_exception=True)
        if as_ is not None:
            self.client.force_login(as_)
        self.headers = headers | ({"Authorization": f"Bearer {token}"} if token else {})

    def request(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        address = path if path.startswith(("/", "http")) else f"/api/v1/{path}"
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        answer = self.client.generic(
            method, address, sent, content_type="application/json", headers=self.headers | headers
        )
        hold_to_description(method, address, answer)
        return answer

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.request("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.request("POST", path, {} if body is None else body, **headers)

    def put(self, path: str, body: Any = None) -> HttpResponse:
        return self.request("PUT", path, body)

    def patch(self, path: str, body: Any) -> HttpResponse:
        return self.request("PATCH", path, body)

    def delete(self, path: str) -> HttpResponse:
        return self.request("DELETE", path)


def program(member: User, *scopes: str) -> Api:
    """A client with a personal token of the member."""
    return Api(token=make.token(member=member, scopes=scopes or ("read", "write"))[1])


def queries_of(method: str, path: str, *, as_: User | None = None) -> int:
    """How many queries a request costs, once what is kept for a while has been kept."""
    api = Api(as_=as_)
    api.request(method, path)
    with CaptureQueriesContext(connection) as queries:
        assert api.request(method, path).status_code == 200
    return len(queries)


@cache
def _operations() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    patterns = [
        (re.compile(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))), item)
        for path, item in description()["paths"].items()
    ]
    return sorted(patterns, key=lambda pair: "[" in pair[0].pattern)  # fixed words before placeholders


def hold_to_description(method: str, address: str, answer: HttpResponse) -> None:
    """Fail where the answer's status is not described, or its body is not as described."""
    path = re.sub(r"^https?://[^/]+", "", address).split("?")[0]
    item = next((item for pattern, item in _operations() if pattern.fullmatch(path)), None)
    if item is None or method.lower() not in item:
        return
    answers = item[method.lower()]["responses"]
    assert str(answer.status_code) in answers, (
        f"{method} {path} answered {answer.status_code}: {answer.content[:300]!r}"
    )
    said = answers[str(answer.status_code)]
    if "$ref" in said:
        said = description()["components"]["responses"][said["$ref"].rsplit("/", 1)[1]]
    if "content" in said:
        schema = said["content"]["application/json"]["schema"] | {"components": description()["components"]}
        Draft202012Validator(schema, format_checker=FORMATS).validate(answer.json())
    else:
        assert not answer.content or answer.status_code in {301, 308}


def assert_golden(name: str, answer: HttpResponse) -> None:
    """The body is as in tests/golden/<name>.json, ids and times apart."""
    file = GOLDEN / f"{name}.json"
    found = json.dumps(settled(answer.json()), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(found, "utf-8")
    assert found == file.read_text("utf-8")


def settled(data: Any, name: str = "") -> Any:
    """The same with placeholders for what differs from run to run."""
    if isinstance(data, dict):
        return {key: settled(value, key) for key, value in data.items()}
    if isinstance(data, list):
        return [settled(value) for value in data]
    if data is not None and name in TIMES:
        return "<time>"
    if data is not None and name in DAYS:
        return "<day>"
    if isinstance(data, int) and not isinstance(data, bool) and name in NUMBERS:
        return "<id>"
    if name == "lot":
        return "<lot>"
    if isinstance(data, str):
        data = re.sub(r"cursor=[\w-]+", "cursor=<cursor>", data)
        data = re.sub(r"comment([=-])\d+", r"comment\1<id>", data)
        data = re.sub(r"msg_[0-9a-f]{32}", "msg_<key>", data)
        data = re.sub(r"#comment-\d+", "#comment-<id>", data)
        data = re.sub(r"(^|/tonight/)[A-Za-z0-9]{24}(/|$)", r"\1<key>\2", data)
        data = re.sub(r"/open-data/[\d-]+", "/open-data/<day>", data)
        return re.sub(r"/(reviews|posters|lists|essays|import|recommended)/\d+(-\d+)?", r"/\1/<id>", data)
    return data
