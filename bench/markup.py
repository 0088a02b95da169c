"""How long members' text of awkward shapes takes to become HTML, at the longest a review may be.

`make bench ONLY=markup`, or `python -m bench.markup`. Needs no database. No shape should take half a second.
"""

import os
import time

import django

SHAPES = {
    "prose": "The camera waits at the *end* of the corridor until **somebody** walks down it. ",
    "open brackets": "[",
    "pictures": "![",
    "links": "[a](https://a.example) ",
    "empty links": "[](",
    "emphasis": "*a **b _c ",
    "stars and lines": "*_",
    "backticks": "` `` ``` ",
    "quotes in quotes": "> ",
    "lists in lists": "- ",
    "headings": "# a\n",
    "underlines": "a\n=\n",
    "covers": ">!a!<",
    "open covers": ">!a ",
    "bars": "||a",
    "covered paragraphs": ">!a!<\n\nb\n\n",
    "addresses": "https://a.example ",
    "entities": "&#1;",
    "angles": "<a@",
    "escapes": "\\",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from reviews.markup import LIMITS, render  # models can be imported only after the set-up

    length = LIMITS["review"]
    print(f"{length:,} characters each; milliseconds, best of three; output as a multiple of the input")
    for name, shape in SHAPES.items():
        text = (shape * (length // len(shape) + 1))[:length]
        times = []
        for _ in range(3):
            start = time.perf_counter()
            html = render(text).html
            times.append(time.perf_counter() - start)
        print(f"{name:20} {min(times) * 1000:7.0f}  {len(html) / length:5.1f}")


if __name__ == "__main__":
    main()
