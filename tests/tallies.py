"""The numbers that the database keeps, held to a recount."""

from reviews.integrity import TALLIES, differences


def wrong_tallies() -> list[object]:
    return [difference for tally in TALLIES for difference in differences(tally)]
