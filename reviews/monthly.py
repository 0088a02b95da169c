"""The drawing of reports and decisions month by month, in the units of the picture, `WIDTH` by `HEIGHT`."""

from dataclasses import dataclass
from typing import Final

from reviews.transparency import Month

WIDTH: Final = 720
HEIGHT: Final = 180
MOST_MONTHS: Final = 24


@dataclass(frozen=True)
class Bars:
    """Two bars a month, the oldest first: what was reported, what was decided. Each x, y, width, height."""

    reported: list[tuple[str, ...]]
    decided: list[tuple[str, ...]]
    width: int = WIDTH
    height: int = HEIGHT


def drawn(months: list[Month]) -> Bars | None:
    """The last two years; None where there is nothing. `months` has the newest first."""
    shown = months[:MOST_MONTHS][::-1]
    most = max((max(month.reports, month.decisions) for month in shown), default=0)
    if not most:
        return None
    step = WIDTH / max(len(shown), 6)
    reported: list[tuple[str, ...]] = []
    decided: list[tuple[str, ...]] = []
    for place, month in enumerate(shown):
        for bars, number, left in ((reported, month.reports, 0.12), (decided, month.decisions, 0.5)):
            height = max(2.0, HEIGHT * number / most) if number else 0.0
            bar = (step * (place + left), HEIGHT - height, step * 0.34, height)
            bars.append(tuple(f"{figure:.1f}" for figure in bar))
    return Bars(reported, decided)
