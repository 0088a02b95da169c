"""What you and another member have in common."""

from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import Members
from accounts.api.serializers import example
from films.api.refs import FilmRefSerializer
from reviews.api import examples
from reviews.api.members import member_showing
from reviews.blind import is_blind
from reviews.match import DIFFERENCES, FEWEST, match_of, pairs, said, to_see
from reviews.stars import to_stars
from reviews.stats.standouts import load_films

DRIVE: Final = {"slug": "drive-2011", "title": "Drive", "year": 2011}
MATCH: Final = {
    "films_in_common": 42,
    "agreement": 71,
    "words": "Much alike",
    "apart": [12, 14, 8, 4, 2, 1, 1, 0, 0, 0],
    "you_give_more": 18,
    "they_give_more": 12,
    "both_love": [{"film": examples.FILM_REF, "your_stars": 5.0, "their_stars": 4.5}],
    "furthest_apart": [{"film": DRIVE, "your_stars": 4.5, "their_stars": 1.5}],
    "to_see": [{"film": {"slug": "ronin-1998", "title": "Ronin", "year": 1998}, "their_stars": 5.0}],
}


class BothRatedSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    your_stars = serializers.FloatField()
    their_stars = serializers.FloatField()


class ToSeeSerializer(serializers.Serializer[Any]):
    film = FilmRefSerializer()
    their_stars = serializers.FloatField(allow_null=True, help_text="Null for a reader who hides scores.")


@example(MATCH)
class MatchSerializer(serializers.Serializer[Any]):
    films_in_common = serializers.IntegerField(help_text="That you both rated, as far as you may see it.")
    agreement = serializers.IntegerField(
        allow_null=True,
        help_text=f"From 0 to 100; 50 is as by chance. Null with fewer than {FEWEST} films in common.",
    )
    words = serializers.CharField(help_text="The same, for people.")
    apart = serializers.ListField(
        child=serializers.IntegerField(),
        min_length=DIFFERENCES,
        max_length=DIFFERENCES,
        help_text="On how many films you give the same stars, are half a star apart, one star, and so on.",
    )
    you_give_more = serializers.IntegerField(help_text="On how many films.")
    they_give_more = serializers.IntegerField()
    both_love = BothRatedSerializer(many=True, help_text="Four stars or more from both.")
    furthest_apart = BothRatedSerializer(many=True, help_text="A star apart or more.")
    to_see = ToSeeSerializer(
        many=True,
        help_text="What they gave four stars or more, and you have not seen, and neither want to see already nor "
        "dismissed nor mute; for a reader who hides scores what they saw last.",
    )


@extend_schema_view(
    get=extend_schema(
        summary="Compare your taste with a member's",
        description="From the films that you both rated: of theirs those ratings that you may see, of yours all. With "
        "too few films there is no figure. `to_see` is empty if you switched recommendations off "
        "(`wants_recommendations` of `me/`), or they do not lend their taste.",
        responses=MatchSerializer,
    )
)
class MemberMatch(Endpoint, GenericAPIView[Any]):
    serializer_class = MatchSerializer
    permission_classes = [Members]

    def get(self, request: Request, username: str) -> Response:
        member = member_showing(self)
        if member.pk == self.me.pk:
            raise NotFound(_("That is you: there is nobody to compare with."))
        match = match_of(self.me, member)
        places = (match.loved, match.disputed) if match.agreement is not None else ((), ())
        films = load_films(set(match.film_ids(*places)))
        loved, disputed = (
            [
                {"film": film, "your_stars": to_stars(mine), "their_stars": to_stars(theirs)}
                for film, mine, theirs in pairs(match, some, films)
            ]
            for some in places
        )
        blind = is_blind(self.me)
        unseen = [{"film": mark.film, "their_stars": None if blind else mark.stars} for mark in to_see(self.me, member)]
        found = {
            "films_in_common": len(match),
            "agreement": match.agreement,
            "words": said(match.agreement),
            "apart": match.counts,
            "you_give_more": match.higher,
            "they_give_more": match.lower,
            "both_love": loved,
            "furthest_apart": disputed,
            "to_see": unseen,
        }
        return Response(MatchSerializer(found).data)
