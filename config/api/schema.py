"""What the OpenAPI description says of every operation, beside what its view says itself."""

from http import HTTPStatus
from typing import Any, Final

from drf_spectacular.openapi import AutoSchema

from config.api.description import TAGS

SAFE: Final = {"GET", "HEAD", "OPTIONS"}


class Schema(AutoSchema):
    def get_tags(self) -> list[str]:
        word = self.path.removeprefix("/api/v1/").split("/")[0]
        return [TAGS[word][0]]

    def get_auth(self) -> list[dict[str, Any]]:
        """Reads that need nobody to be logged in say so."""
        ways = [way for way in super().get_auth() if way]
        is_open = any(getattr(each, "open_to_readers", False) for each in self.view.permission_classes)
        return [*ways, {}] if is_open and self.method in SAFE else ways

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
        found = [("429", "SlowDown")]
        takes = [parameter["in"] for parameter in operation.get("parameters", [])]
        if "requestBody" in operation or "query" in takes:
            found.append(("400", "BadRequest"))
        if {} not in operation.get("security", []):
            found += [("401", "NotLoggedIn"), ("403", "NotAllowed")]
        if "path" in takes or "query" in takes:
            found.append(("404", "NotFound"))
        if "{slug}" in self.path or "{username}" in self.path:
            found.append(("301" if self.method in SAFE else "308", "Moved"))
        if self.method == "GET":
            found.append(("304", "NotModified"))
        if self.method == "POST":
            found.append(("422", "OtherRequest"))
        if self._takes_version():
            found.append(("409", "Changed"))
        return found

    def _takes_version(self) -> bool:
        """Whether an edit of something that was changed elsewhere is refused."""
        serializer = self.get_request_serializer() if self.method == "PATCH" else None
        made = serializer() if isinstance(serializer, type) else serializer
        return "version" in getattr(made, "fields", {})
