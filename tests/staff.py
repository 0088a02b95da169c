"""People behind the screen, in the groups that the site makes, and the forms of the admin as a browser sends them."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.groups import CURATORS, MODERATORS
from accounts.models import User
from tests import make


def curator(**fields: Any) -> User:
    return _of_the_staff(CURATORS, **fields)


def moderator(**fields: Any) -> User:
    return _of_the_staff(MODERATORS, **fields)


def administrator(**fields: Any) -> User:
    return make.member(is_staff=True, is_superuser=True, **fields)


def _of_the_staff(group: str, **fields: Any) -> User:
    member = make.member(is_staff=True, **fields)
    member.groups.add(Group.objects.get(name=group))
    return member


def logged_in(member: User) -> Client:
    client = Client()
    client.force_login(member)
    return client


def page_of(row: Model) -> str:
    """The admin's page of it."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def act(client: Client, url: str, action: str, chosen: Iterable[Model], **answers: Any) -> Any:
    """Choose an action on a list and, when it asks something, answer it."""
    data = {"action": action, "_selected_action": [row.pk for row in chosen], "index": "0"}
    return client.post(url, data | (answers and {"_answered": "1", **answers}), follow=True)


def rows(prefix: str, *given: dict[str, Any]) -> dict[str, Any]:
    """Rows of one part of an admin form, as a browser without a script sends them."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(given):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def form_of(response: Any, **changes: Any) -> dict[str, Any]:
    """The form of an admin page as a browser would send it back, with some fields changed."""
    context = response.context_data
    data: dict[str, Any] = {}
    formsets = [inline.formset for inline in context.get("inline_admin_formsets", ())]
    for formset in formsets:
        data |= _sent(formset.management_form)
    for form in [context["adminform"].form, *(form for formset in formsets for form in formset.forms)]:
        data |= _sent(form)
    return data | changes


def _sent(form: Any) -> dict[str, Any]:
    data = {}
    for field in form:
        value = field.field.prepare_value(field.value()) if not hasattr(field.field, "shelf") else field.value()
        if hasattr(field.field, "shelf"):
            value = field.field.prepare_value(value)
        if field.field.show_hidden_initial:
            data[field.html_initial_name] = [one.pk for one in value] if isinstance(value, list) else str(value)
        if value is None or value is False or field.field.widget.needs_multipart_form:
            continue
        if isinstance(value, (list, tuple)):
            data[field.html_name] = [getattr(one, "pk", one) for one in value]
        else:
            data[field.html_name] = field.field.widget.format_value(value) if _is_a_date(field) else value
        if value is True:
            data[field.html_name] = "on"
    return {name: value for name, value in data.items() if value is not None}


def _is_a_date(field: Any) -> bool:
    return field.field.widget.__class__.__name__ in {"DateInput", "DateTimeInput"}


def picture(*, width: int = 600, height: int = 900, kind: str = "PNG", name: str = "poster.png") -> SimpleUploadedFile:
    """A real picture, in two colours."""
    image = Image.new("RGB", (width, height), (122, 20, 52))
    image.paste((240, 220, 180), (0, height // 2, width, height))
    file = BytesIO()
    image.save(file, kind)
    return SimpleUploadedFile(name, file.getvalue(), content_type=f"image/{kind.lower()}")
