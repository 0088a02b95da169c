"""What is said of each chart: a line, its rule with the figures it was made with, and what a film's figure means."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from films.charts import Row
from films.models import Chart, Prior


def line(name: str) -> str:
    """What the chart is, in a few words."""
    return {
        Chart.Name.TRENDING: _("What more members turn to than usual."),
        Chart.Name.WEEK: _("What most members turned to in the last seven days."),
        Chart.Name.MONTH: _("What most members turned to in the last thirty days."),
        Chart.Name.YEAR: _("What most members turned to in the last 365 days."),
        Chart.Name.EVER: _("What most members have seen, or want to see."),
        Chart.Name.TOP: _("The films that members rate highest."),
        Chart.Name.GEMS: _("Loved by those who saw them, and seen by few."),
        Chart.Name.DIVISIVE: _("Films about which members disagree most."),
        Chart.Name.ANTICIPATED: _("What members are waiting for."),
    }[Chart.Name(name)]


def rule(name: str, row: Row, prior: Prior) -> str:
    """How the chart is made, with the numbers of this one."""
    number = {"number": _grouped(row.least)}
    words = {
        "members": ngettext("%(number)s member", "%(number)s members", row.least) % number,
        "ratings": ngettext("%(number)s rating", "%(number)s ratings", row.least) % number,
        "watchlists": ngettext("%(number)s watchlist", "%(number)s watchlists", row.least) % number,
        "weight": prior.weight,
        "mean": _two(prior.mean / 2),
        "most": _grouped(row.most or 0),
    }
    return _rules()[Chart.Name(name)] % words


def _rules() -> dict[str, str]:
    turned = _(
        "Turned to means: watched, liked, rated, put on a watchlist, logged or reviewed, by the latest of these; each "
        "member counts once for a film. What members show to nobody or to followers only does not count. A film needs "
        "at least %(members)s."
    )
    halved = _("What is asked of a film is halved until there are films enough. Ratings that are held do not count.")
    return {
        Chart.Name.TRENDING: _(
            "Members who turned to the film in the last two weeks are counted, each for half as much every two days. "
            "That is compared with what the rest of the year would make of it: the square of the excess, divided by "
            "the usual. So a film that everybody sees all year needs an extraordinary week, and a small film only its "
            "own. It takes at least %(members)s."
        ),
        Chart.Name.WEEK: turned,
        Chart.Name.MONTH: turned,
        Chart.Name.YEAR: turned,
        Chart.Name.EVER: _(
            "Each member who has seen the film counts, and each who has it on the watchlist. Films that nobody here "
            "has marked yet follow as well known as they are elsewhere."
        ),
        Chart.Name.TOP: _(
            "Films are in the order of the weighted mean: (%(weight)s × %(mean)s + the film’s stars) ÷ (%(weight)s + "
            "its ratings). Every film begins with %(weight)s ratings of %(mean)s, the mean of the whole site, so that "
            "a handful of enthusiasts does not outrank a thousand. A film needs at least %(ratings)s."
        )
        + " "
        + halved,
        Chart.Name.GEMS: _(
            "Films in the order of the weighted mean, as in the top 250, that are rated above %(mean)s, the mean of "
            "the whole site, have at least %(ratings)s, and were seen by %(most)s members at most: half of the "
            "films with ratings were seen by more."
        ),
        Chart.Name.DIVISIVE: _(
            "Films in the order of the variance of their ratings: how far they lie from the film’s own mean, squared, "
            "on average. The figure is its root, in stars. A film needs at least %(ratings)s."
        )
        + " "
        + halved,
        Chart.Name.ANTICIPATED: _(
            "Films that are not out yet, and films that ten times as many want to see as have seen, in the order of "
            "the watchlists that they are on. A film has to be on at least %(watchlists)s."
        ),
    }


def figure(name: str, number: Decimal) -> str:
    """A film's figure in words."""
    whole = int(number)
    match Chart.Name(name):
        case Chart.Name.TOP | Chart.Name.GEMS:
            return _("%(mean)s weighted") % {"mean": _two(number)}
        case Chart.Name.DIVISIVE:
            return _("± %(stars)s stars") % {"stars": _two(number)}
        case Chart.Name.ANTICIPATED:
            return ngettext("on %(number)s watchlist", "on %(number)s watchlists", whole) % {"number": _grouped(whole)}
        case Chart.Name.TRENDING:
            return ngettext("%(number)s member lately", "%(number)s members lately", whole) % {
                "number": _grouped(whole)
            }
    return ngettext("%(number)s member", "%(number)s members", whole) % {"number": _grouped(whole)}


def _two(number: Decimal) -> str:
    return number_format(round(number, 2), 2)


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)
