"""The drawing of a score over time: points and bars in the units of the picture, `WIDTH` by `HEIGHT`."""

from dataclasses import dataclass
from typing import Final

from reviews.score_counts import Month

WIDTH: Final = 640
HEIGHT: Final = 160
MOST_MONTHS: Final = 60


@dataclass(frozen=True)
class Curve:
    """`line` is the mean (½ star at the bottom, five at the top); `bars` are the ratings of each month."""

    months: list[Month]
    line: str
    bars: list[tuple[str, ...]]  # x, y, width, height
    width: int = WIDTH
    height: int = HEIGHT


def drawn(months: list[Month]) -> Curve | None:
    """The last five years; None when there is not yet a curve: fewer than two months with ratings."""
    shown = months[-MOST_MONTHS:]
    if len(shown) < 2:
        return None
    first, last = shown[0].month, shown[-1].month
    steps = (last.year - first.year) * 12 + last.month - first.month + 1
    step, most = WIDTH / steps, max(month.count for month in shown)
    points: list[str] = []
    bars: list[tuple[str, ...]] = []
    for month in shown:
        place = (month.month.year - first.year) * 12 + month.month.month - first.month
        points.append(f"{step * (place + 0.5):.1f},{HEIGHT - HEIGHT * (month.mean - 0.5) / 4.5:.1f}")
        height = max(2.0, HEIGHT / 2 * month.count / most)
        bar = (step * place + step * 0.1, HEIGHT - height, step * 0.8, height)
        bars.append(tuple(f"{number:.1f}" for number in bar))
    return Curve(shown, " ".join(points), bars)
