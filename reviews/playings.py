"""What the players of a member said, as pages and the API show it."""

from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models.viewer import Viewer
from films.models.film import ON_A_CARD
from reviews.models import Player, Playing


def players_of(member: Viewer) -> QuerySet[Player]:
    """By name."""
    return Player.objects.visible_to(member).order_by(Lower("name"), "id")


def playings_of(player: Player) -> QuerySet[Playing]:
    """All that is kept of it, with their films as cards show them."""
    own = Playing.objects.filter(player=player).select_related("film")
    names = (field.name for field in Playing._meta.concrete_fields)
    return own.only(*names, *(f"film__{name}" for name in ON_A_CARD))
