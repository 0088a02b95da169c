"""What the API says of values that it cannot take: in the house's words, whichever serializer asks for them.

REST framework tells of "this field" and of formats; a program's author reads these sentences too. A field that says
more itself (`error_messages`) still does.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import fields, serializers

NUMBER: Final = {
    "invalid": _("Write a number."),
    "max_value": _("At most {max_value}."),
    "min_value": _("At least {min_value}."),
    "max_string_length": _("This number is too long."),
}
WORDS: Final[dict[Any, dict[str, Any]]] = {
    fields.Field: {
        "required": _("This is missing."),
        "null": _("This cannot be null: leave it out, or say what it is."),
    },
    fields.BooleanField: {"invalid": _("Say true or false.")},
    fields.CharField: {
        "invalid": _("Write text."),
        "blank": _("Write something here."),
        "max_length": _("At most {max_length} characters."),
        "min_length": _("At least {min_length} characters."),
    },
    fields.IntegerField: NUMBER | {"invalid": _("Write a whole number.")},
    fields.FloatField: NUMBER,
    fields.DecimalField: NUMBER
    | {
        "max_digits": _("At most {max_digits} digits in all."),
        "max_decimal_places": _("At most {max_decimal_places} digits after the point."),
        "max_whole_digits": _("At most {max_whole_digits} digits before the point."),
    },
    fields.DateField: {
        "invalid": _("Write the day as year-month-day, such as 2024-01-28."),
        "datetime": _("Write the day alone, such as 2024-01-28."),
    },
    fields.DateTimeField: {
        "invalid": _("Write the moment as 2024-01-28T19:30:00Z."),
        "date": _("Write the moment with its time, such as 2024-01-28T19:30:00Z."),
        "overflow": _("This moment is too far away."),
    },
    fields.ChoiceField: {"invalid_choice": _("“{input}” is none of the choices.")},
    fields.MultipleChoiceField: {
        "invalid_choice": _("“{input}” is none of the choices."),
        "not_a_list": _("Write a list."),
        "empty": _("Choose at least one."),
    },
    fields.ListField: {
        "not_a_list": _("Write a list."),
        "empty": _("Name at least one."),
        "min_length": _("At least {min_length} of them."),
        "max_length": _("At most {max_length} of them."),
    },
    serializers.Serializer: {"invalid": _("Write an object with names and values.")},
    serializers.ListSerializer: {"not_a_list": _("Write a list."), "empty": _("Name at least one.")},
}


def speak() -> None:
    """Once in a process, before any serializer is made."""
    for kind, words in WORDS.items():
        kind.default_error_messages = kind.default_error_messages | words
