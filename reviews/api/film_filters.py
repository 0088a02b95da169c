"""What somebody with a token can narrow the list of films down by besides: what they and others made of them."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from films.api.film_filters import ORDERS, FilmFilters
from films.browse import MOST_CHOSEN, Filters
from films.choices import Choices
from films.narrowing import Narrowing
from films.orders import Leg
from reviews.blind import is_blind
from reviews.browsing import LONGEST_TAG, YOURS, MemberFilters, legs_for, narrowing_for

OWN_ORDERS: Final = {"-my_rating": "mine", "-friends_rating": "friends"}


def states(help_text: str) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.ChoiceField(choices=list(YOURS)), required=False, max_length=len(YOURS), help_text=help_text
    )


def tags(help_text: str) -> serializers.ListField:
    child = serializers.CharField(max_length=LONGEST_TAG)
    return serializers.ListField(child=child, required=False, max_length=MOST_CHOSEN, help_text=help_text)


class MemberFilmFilters(FilmFilters):
    """The query of a list of films, as the page of the catalogue has it."""

    tag = tags("A tag of a review that you may read. Given several times, films that have all of them.")
    not_tag = tags("A tag. Leaves out the films that a review which you may read gives it.")
    yours = states("What you made of it; `friends`: seen by whom you follow. Several: all of them. Asks for a token.")
    not_yours = states("The same, of which none may be so. Asks for a token.")
    ordering = serializers.ChoiceField(
        required=False,
        choices=[*ORDERS, *OWN_ORDERS],
        help_text="Default `-popularity`. What has no such fact comes last. The last two ask for a token.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not is_signed_in(self.viewer):
            own = [name for name in ("yours", "not_yours") if attrs.get(name)]
            own += ["ordering"] if attrs.get("ordering") in OWN_ORDERS else []
            if own:
                raise serializers.ValidationError({name: [_("Send a token: this asks who you are.")] for name in own})
        return attrs

    def sort(self) -> str:
        return (ORDERS | OWN_ORDERS)[self.validated_data.get("ordering", "-popularity")]

    def made(self, choices: Choices, **chosen: Any) -> Filters:
        own: dict[str, Any] = {
            name: tuple(self.validated_data.get(name, ())) for name in ("yours", "not_yours", "tag", "not_tag")
        }
        return MemberFilters(choices=choices, **chosen, **self.measures(), **own)

    def narrowing(self, filters: Filters, viewer: Viewer) -> Narrowing:
        assert isinstance(filters, MemberFilters)
        return narrowing_for(filters, viewer).and_(self.besides())

    def legs(self, filters: Filters, viewer: Viewer) -> tuple[Leg, ...]:
        assert isinstance(filters, MemberFilters)
        return legs_for(filters, viewer)

    def hides_scores(self, viewer: Viewer) -> bool:
        return is_blind(viewer)
