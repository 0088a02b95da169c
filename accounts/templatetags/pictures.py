"""`{% picture article.picture_key as image %}`: a picture as accounts/picture_shapes.py describes it."""

from django import template

from accounts.picture_shapes import View, view_of

register = template.Library()


@register.simple_tag
def picture(key: str, field: str = "picture") -> View | None:
    return view_of(key, field)
