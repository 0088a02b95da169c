"""How large the site is to be, and what does not fit together."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.seed.community.columns import seconds

MOST = 50_000_000  # rows of one kind


@dataclass(frozen=True, slots=True)
class Sizes:
    """Everything else follows from these: a review for 50 ratings, five credits and two genres a film, and so on.

    The same sizes, seed and day give the same site. Nothing happens after the start of `day`.
    """

    films: int
    people: int
    members: int
    ratings: int
    reviews: int
    seed: int
    day: date

    def check(self, films_there: int = 0) -> None:
        """Raise ValidationError for what cannot be."""
        for name in ("films", "people", "members", "ratings", "reviews"):
            if not 0 <= getattr(self, name) <= MOST:
                raise ValidationError(_("--%(name)s takes a number from 0 to 50,000,000.") % {"name": name})
        films = self.films + films_there
        if self.films and not self.people:
            raise ValidationError(_("Films need people who made them: give --people."))
        if not films:
            raise ValidationError(_("There are no films here to rate: give --films."))
        if self.members < 10:
            raise ValidationError(_("Ten members are the fewest: give --members."))
        if self.ratings > films * self.members // 4:
            raise ValidationError(
                _("%(members)s members cannot believably give %(ratings)s ratings to %(films)s films: at most a quarter"
                  " of all pairs.") % {"members": self.members, "ratings": self.ratings, "films": films}
            )  # fmt: skip
        if self.reviews > self.ratings // 5:
            raise ValidationError(_("At most one rating in five comes with a review: give fewer --reviews."))

    @property
    def moment(self) -> datetime:
        """The start of the day: nothing happens after it."""
        return datetime.combine(self.day, time(), UTC)

    @property
    def now(self) -> int:
        """The same, in seconds since 2000."""
        return seconds(self.moment)
