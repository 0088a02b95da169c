"""What the section about imports shows, on whichever page of one's account it stands."""

from typing import Any

from django import template

from reviews.actions.importing import MOST_KEPT
from reviews.import_forms import ImportForm
from reviews.imports import imports_of

register = template.Library()


@register.simple_tag
def empty_import_form() -> ImportForm:
    return ImportForm()


@register.simple_tag
def imports_by(member: Any) -> list[Any]:
    """The member's imports, in one query."""
    return list(imports_of(member)[:MOST_KEPT])
