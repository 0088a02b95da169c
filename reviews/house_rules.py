"""The house rules in sentences, as `/rules/` shows them."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from reviews.models import HouseRule

EXPLAINED: Final[dict[str, Any]] = {
    HouseRule.RESPECT: _(
        "Take a film apart as hard as you like. Leave the people alone who made it, liked it or wrote about it: no "
        "insults, no threats, no following somebody from page to page."
    ),
    HouseRule.HATE: _(
        "Nobody is put down for where they come from, what they believe, whom they love, their sex, their body or "
        "their age. What a film says about such things may be discussed; saying it for yourself is over the line."
    ),
    HouseRule.SPAM: _(
        "You may link to what you wrote elsewhere, where it belongs to the film. Texts that are there to sell "
        "something, and the same text in many places, go."
    ),
    HouseRule.SPOILERS: _(
        "Whoever comes to read before seeing the film must be able to. Cover what gives an ending or a turn away, or "
        "tick that your review contains spoilers. Where you forget, a moderator covers it."
    ),
    HouseRule.COPYING: _(
        "What stands under your name is yours. Quote others in quotation marks and say where it comes from."
    ),
    HouseRule.PIRACY: _("No links to copies of films that were put up without leave, and no directions to them."),
    HouseRule.PRIVACY: _(
        "No addresses, telephone numbers, workplaces, pictures or real names of people who did not publish them "
        "themselves."
    ),
    HouseRule.HONESTY: _(
        "One account a person, under a name that deceives nobody. Rate what you have seen. Ratings agreed on elsewhere "
        "to push a film up or down do not count, and whoever organises them goes."
    ),
    HouseRule.LAW: _("What the law forbids is forbidden here too."),
    HouseRule.PLACE: _(
        "A review is about its film, a comment about what it stands under, and a name, a picture and the words about "
        "yourself are fit to be read by strangers."
    ),
}


def explained() -> list[tuple[HouseRule, Any]]:
    """Each rule with its sentences, in the order of the page."""
    return [(rule, EXPLAINED[rule]) for rule in HouseRule]
