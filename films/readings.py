"""What may have been meant by words that were not found as they were typed, as questions to the keys."""

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise, product
from typing import Final

from films.asking import Asked, any_of, beginnings, quoted, word_keys
from films.numerals import in_figures, squeezed
from films.spelling import Known

type Meant = dict[str, list[Known]]  # for each word what it may stand for

MOST_MEANT: Final = 16  # words that one typed word may stand for
MOST_READINGS: Final = 24  # whole titles that may be meant
MOST_PARTS: Final = 24  # and such as are a part of what was typed
FEW_ROWS: Final = 200  # with all words but one
LEAST_SHARE: Final = 1 / 3  # of the letters, for a part


def all_meant(words: Sequence[str], close: Meant, *, people: bool) -> list[Asked]:
    """All the words, each as it was typed or as it may be meant."""
    known = _of_shelf(close, people)
    exact = any_of(quoted("=" + title) for title in _titles(words, known))
    groups = [_ways(word, known, people) for word in words]
    last = any_of([*beginnings(words[-1], widely=False, people=people), groups[-1]])
    whole = any_of([" & ".join([*groups[:-1], last]), *_joined(words, groups, known, people)])
    return [Asked(exact, whole, whole)]


def all_but_one(words: Sequence[str], close: Meant, *, people: bool) -> list[Asked]:
    """Titles that are a part of what was typed; and the words but for one, which may be past reading.

    First as long as few rows have these, lest they drown. A word that there is stands for itself.
    """
    if len(words) < 2:
        return []
    known = _of_shelf(close, people)
    kept = [[one for one in known[word] if one.text == word] or known[word][:MOST_MEANT] for word in words]
    groups = [
        any_of([*word_keys(word, people=people), *_keys(some, people)]) for word, some in zip(words, kept, strict=True)
    ]
    rows = [sum(one.film_count + one.person_count for one in some) for some in kept]
    without = sorted(
        (min(rows[:place] + rows[place + 1 :]), " & ".join(groups[:place] + groups[place + 1 :]))
        for place in range(len(words))
    )
    few = [some for number, some in without if number <= FEW_ROWS]
    exact = any_of(quoted("=" + title) for title in _parts(words))
    return [Asked(exact, any_of(some), any_of(some)) for some in (few, [some for _number, some in without]) if some]


def _of_shelf(close: Meant, people: bool) -> Meant:
    return {word: [one for one in some if has(one, people)] for word, some in close.items()}


def has(known: Known, people: bool) -> bool:
    """Whether it is a word by which films, or people, are found. Films are found by the names of people, too."""
    return bool(known.person_count or (known.film_count and not people))


def joined_and_parted(words: Sequence[str]) -> set[str]:
    """Each two neighbours as one word, and each word as two: "end game" may be "endgame", "deniro" "de niro"."""
    return {*_pairs(words), *(part for word in words for parts in _parted(word) for part in parts)}


def _pairs(words: Sequence[str]) -> list[str]:
    return [one + other for one, other in pairwise(words)]


def _parted(word: str) -> list[tuple[str, str]]:
    return [(word[:place], word[place:]) for place in range(2, len(word) - 1)]


def _titles(words: Sequence[str], known: Meant) -> Iterable[str]:
    ways = islice(product(*([word, *(one.text for one in known[word][:MOST_MEANT])] for word in words)), MOST_READINGS)
    return (squeezed(" ".join(way)) for way in ways)


def _parts(words: Sequence[str]) -> Iterable[str]:
    """Titles that are a part of what was typed, the longest first: "the movie alien", "american psycho bateman"."""
    least = len("".join(words)) * LEAST_SHARE
    runs = (
        words[start : start + size] for size in range(len(words) - 1, 0, -1) for start in range(len(words) - size + 1)
    )
    return islice((squeezed(" ".join(run)) for run in runs if len("".join(run)) >= least), MOST_PARTS)


def _joined(words: Sequence[str], groups: list[str], known: Meant, people: bool) -> Iterable[str]:
    """The query with two neighbours as one word, where there is such a word."""
    for place, pair in enumerate(_pairs(words)):
        if one := known.get(pair):
            yield " & ".join([*groups[:place], any_of(_keys(one, people)), *groups[place + 2 :]])


def _ways(word: str, known: Meant, people: bool) -> str:
    ways = [*word_keys(word, people=people), *_keys(known[word][:MOST_MEANT], people)]
    if not any(one.text == word for one in known[word]):
        two = [[known.get(part, []) for part in parts] for parts in _parted(word)]
        ways += [f"({' & '.join(any_of(_keys(part, people)) for part in parts)})" for parts in two if all(parts)]
    return any_of(ways)


def _keys(known: Iterable[Known], people: bool) -> list[str]:
    keys = []
    for one in known:
        if people or one.film_count:
            keys.append(quoted(in_figures(one.text)))
        if not people and one.person_count:
            keys.append(quoted("~" + one.text))
    return keys
