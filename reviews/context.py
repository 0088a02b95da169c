"""What pages may say in the house's own words."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from reviews.house import House, house_of


def own_words(request: HttpRequest) -> dict[str, object]:
    """`house`, looked up where a template uses it."""

    def look_up() -> House:
        return house_of(request)

    return {"house": SimpleLazyObject(look_up)}
