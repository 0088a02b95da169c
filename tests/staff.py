"""People behind the screen, in the groups that the site makes, and the forms of the admin as a browser sends them."""

from io import BytesIO
from typing import Any

from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
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
