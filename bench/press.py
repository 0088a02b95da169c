"""How long the press needs for a poster, by width and by composition.

    python -m bench.press [rounds]

Prints, for every width, the median and the slowest milliseconds to draw and to write WebP, the
mean size of the file, and the slowest composition.
"""

import sys
from io import BytesIO
from statistics import mean, median
from time import perf_counter

from films.press import FAMILIES, Subject, draw, write

TITLES = ("The Long Goodbye", "Playtime", "Portrait of a Lady on Fire", "Зеркало")


def timed(subject: Subject, width: int) -> tuple[float, int]:
    """Milliseconds for one poster, and the bytes of its file."""
    start, file = perf_counter(), BytesIO()
    write(draw(subject, width), file)
    return (perf_counter() - start) * 1000, len(file.getvalue())


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    timed(Subject("warm-up"), 180)
    print("width   median ms   slowest ms   KB   slowest composition")
    for width in (180, 360, 600):
        times: dict[str, list[float]] = {}
        sizes = []
        for family in FAMILIES:
            for title in TITLES * rounds:
                spent, size = timed(Subject(title, 1973, "Robert Altman", "Drama", family=family), width)
                times.setdefault(family, []).append(spent)
                sizes.append(size / 1024)
        every = [spent for spents in times.values() for spent in spents]
        slow = max(times, key=lambda family: median(times[family]))
        print(
            f"{width:5}   {median(every):9.0f}   {max(every):10.0f}   {mean(sizes):2.0f}   "
            f"{slow} ({median(times[slow]):.0f} ms)"
        )


if __name__ == "__main__":
    main()
