"""What the OpenAPI description says of every operation, beside what its view says itself."""

from http import HTTPStatus
from typing import Any, Final

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from config.api.description import TAGS

SAFE: Final = {"GET", "HEAD", "OPTIONS"}


def may_be_empty(field: Any) -> bool:
    """Whether the address that a serializer reads or takes may be the empty text, by the field or by its column."""
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {column.name: column for column in model._meta.concrete_fields} if model else {}
    return field.allow_blank or getattr(columns.get(field.source), "blank", False)


class Schema(AutoSchema):
    def get_tags(self) -> list[str]:
        word = self.path.removeprefix("/api/v1/").split("/")[0]
        return [TAGS[word][0]]

    def get_auth(self) -> list[dict[str, Any]]:
        """What needs nobody to be logged in says so."""
        ways = [way for way in super().get_auth() if way]
        names = {"open_to_all", "open_to_readers"} if self.method in SAFE else {"open_to_all"}
        is_open = any(getattr(each, name, False) for each in self.view.permission_classes for name in names)
        return [*ways, {}] if is_open else ways

    def get_override_parameters(self) -> list[Any]:
        """What a list can be narrowed down by is what its address may ask for."""
        filters = getattr(self.view, "filters_class", None) if self.method == "GET" else None
        return [filters] if filters else []

    def _map_serializer_field(self, field: Any, direction: Any, *args: Any, **kwargs: Any) -> Any:
        """An address that a row need not have is empty without it, which no `uri` is and any `uri-reference` may be.

        A file is only ever sent, and no address.
        """
        said = super()._map_serializer_field(field, direction, *args, **kwargs)
        if isinstance(field, serializers.FileField):
            said["format"] = "binary"
        if isinstance(field, serializers.URLField) and said.get("format") == "uri" and may_be_empty(field):
            said["format"] = "uri-reference"
        return said

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        refusals = {code: {"$ref": f"#/components/responses/{name}"} for code, name in self._refusals(operation)}
        for status, answer in operation["responses"].items():
            answer["description"] = answer.get("description") or HTTPStatus(int(status)).phrase
        operation["responses"] = dict(sorted((operation["responses"] | refusals).items()))
        shared = {"GET": "IfNoneMatch", "POST": "IdempotencyKey"}.get(self.method)
        if shared:
            operation.setdefault("parameters", []).append({"$ref": f"#/components/parameters/{shared}"})
        return operation

    def _refusals(self, operation: dict[str, Any]) -> list[tuple[str, str]]:
        """How the operation may be refused, by status."""
        takes = {parameter.get("in") for parameter in operation.get("parameters", [])}
        named = "{slug}" in self.path or "{username}" in self.path
        cases = {
            ("400", "BadRequest"): True,
            ("401", "NotLoggedIn"): True,
            ("429", "SlowDown"): True,
            ("403", "NotAllowed"): True,  # a token may be too narrow to read
            ("404", "NotFound"): bool(takes & {"path", "query"}),
            ("301", "Moved"): named and self.method in SAFE,
            ("308", "Moved"): named and self.method not in SAFE,
            ("304", "NotModified"): self.method == "GET",
            ("409", "Changed"): self.method == "POST" or self._takes_version(),
            ("413", "TooLarge"): "requestBody" in operation,
            ("415", "NotJson"): "requestBody" in operation,
            ("422", "OtherRequest"): self.method == "POST",
        }
        return [case for case, may_be in cases.items() if may_be]

    def _takes_version(self) -> bool:
        """Whether an edit of something that was changed elsewhere is refused."""
        serializer = self.get_request_serializer() if self.method in {"PATCH", "PUT"} else None
        made = serializer() if isinstance(serializer, type) else serializer
        return not {"version", "updated_at"}.isdisjoint(getattr(made, "fields", {}))
