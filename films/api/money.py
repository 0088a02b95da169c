"""Sums of money as programs read and write them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from films.models.money import parts_of, sum_in

SCHEMA = {
    "type": "object",
    "properties": {
        "currency": {"type": "string", "description": "Three letters of ISO 4217.", "examples": ["USD"]},
        "amount": {"type": "integer", "minimum": 1, "description": "In whole units of it."},
    },
    "required": ["currency", "amount"],
}


@extend_schema_field(SCHEMA)
class SumField(serializers.Field[str, Any, Any, Any]):
    """`{"currency", "amount"}`, or null where it is not known."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_null": True} | options)

    def to_representation(self, stored: str) -> dict[str, Any] | None:
        parts = parts_of(stored)
        return None if parts is None else {"currency": parts[0], "amount": parts[1]}

    def to_internal_value(self, sent: Any) -> str:
        currency, amount = (sent.get("currency"), sent.get("amount")) if isinstance(sent, dict) else (None, None)
        if not isinstance(currency, str) or not isinstance(amount, int) or isinstance(amount, bool):
            raise serializers.ValidationError(
                _("Send a currency and an amount: {“currency”: “USD”, “amount”: 34000000}.")
            )
        try:
            return sum_in(f"{currency} {amount}")
        except ValidationError as refusal:
            raise serializers.ValidationError(refusal.messages) from None

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        is_empty, value = super().validate_empty_values(data)
        return is_empty, "" if is_empty and value is None else value
