"""The API's description as its page shows it: groups of operations, each with what to send and what comes back."""

import json
from dataclasses import dataclass, field
from shlex import quote
from typing import Any, Final

from django.conf import settings
from django.utils.text import slugify

# What stands in a path, by its first word.
EXAMPLES: Final = {
    "films": "baby-driver-2017",
    "people": "edgar-wright",
    "articles": "cut-to-the-beat",
    "collections": "getaways",
    "members": "ana",
    "reviews": "4127",
    "comments": "88",
    "lists": "31",
    "diary": "903",
    "tonight": "Y9CiJRJfirMARB8LQKbrR5j0",
    "me": "7",
}
METHODS: Final = ("get", "post", "put", "patch", "delete")
LONGEST_LINE: Final = 72
PLACEHOLDER: Final = "int_…"


@dataclass(frozen=True)
class Parameter:
    name: str
    place: str
    kind: str
    required: bool
    says: list[str]
    choices: list[str]
    example: str  # of what stands in the path


@dataclass(frozen=True)
class Answer:
    status: str
    says: str
    example: str

    @property
    def is_good(self) -> bool:
        return self.status.startswith("2")


@dataclass
class Operation:
    id: str
    method: str
    path: str
    summary: str
    says: list[str]
    needs_login: bool
    parameters: list[Parameter]
    body: str
    answers: list[Answer]
    curl: str


@dataclass
class Group:
    name: str
    says: str
    operations: list[Operation] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"part-{slugify(self.name)}"


def outline(schema: dict[str, Any]) -> list[Group]:
    groups = {tag["name"]: Group(tag["name"], tag["description"]) for tag in schema["tags"]}
    for path, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                groups[item[method]["tags"][0]].operations.append(_operation(schema, path, method, item[method]))
    return [group for group in groups.values() if group.operations]


def _operation(schema: dict[str, Any], path: str, method: str, said: dict[str, Any]) -> Operation:
    parameters = [_parameter(path, _resolved(schema, one)) for one in said.get("parameters", [])]
    body = _example(said.get("requestBody", {}))
    needs_login = {} not in said.get("security", [])
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        says=_words(said.get("description", "")),
        needs_login=needs_login,
        parameters=parameters,
        body=body,
        answers=[_answer(status, _resolved(schema, one)) for status, one in said["responses"].items()],
        curl=_curl(path, method.upper(), parameters, body, needs_login),
    )


def _words(text: str) -> list[str]:
    """The parts of a description between its backticks: every second one is code."""
    return text.split("`") if text else []


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` refers to, or the part itself."""
    if "$ref" not in part:
        return part
    found: Any = schema
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def _parameter(path: str, said: dict[str, Any]) -> Parameter:
    kind, word = said["schema"], path.removeprefix("/api/v1/").split("/")[0]
    item = kind.get("items", kind)
    return Parameter(
        name=said["name"],
        place=said["in"],
        kind=_kind(kind),
        required=said.get("required", False),
        says=_words(said.get("description", "")),
        choices=[str(choice) for choice in item.get("enum", [])],
        example=EXAMPLES.get(word, "1") if said["in"] == "path" else "",
    )


def _kind(schema: dict[str, Any]) -> str:
    kinds = schema.get("type", "string")
    names: list[str] = kinds if isinstance(kinds, list) else [kinds]
    words = " or ".join(str(schema.get("format", name)) if name == "string" else name for name in names)
    return f"list of {_kind(schema['items'])}" if "array" in names else words


def _answer(status: str, said: dict[str, Any]) -> Answer:
    return Answer(status, said["description"], _example(said))


def _example(said: dict[str, Any]) -> str:
    """The first example of a body, as it would be sent."""
    for content in said.get("content", {}).values():
        for shown in content.get("examples", {}).values():
            return pretty(shown["value"])
    return ""


def pretty(value: Any, indent: str = "") -> str:
    """JSON in as few lines as stay short: what fits into one is not spread over many."""
    line = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(line) <= LONGEST_LINE or not isinstance(value, dict | list) or not value:
        return line
    deeper = indent + "  "
    if isinstance(value, dict):
        lines = [f"{json.dumps(key)}: {pretty(part, deeper)}" for key, part in value.items()]
    else:
        lines = [pretty(part, deeper) for part in value]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return f"{opened}\n{deeper}" + f",\n{deeper}".join(lines) + f"\n{indent}{closed}"


def _curl(path: str, method: str, parameters: list[Parameter], body: str, needs_login: bool) -> str:
    for parameter in parameters:
        if parameter.place == "path":
            path = path.replace("{" + parameter.name + "}", parameter.example)
    parts = ["curl"] if method == "GET" else ["curl", "-X", method]
    if needs_login:
        parts += ["-H", quote(f"Authorization: Bearer {PLACEHOLDER}")]
    if body:
        parts += ["-H", quote("Content-Type: application/json"), "-d", quote(json.dumps(json.loads(body)))]
    return " ".join([*parts, quote(f"{settings.SITE_URL}{path}")])
