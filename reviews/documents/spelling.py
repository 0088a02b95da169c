"""How near two spellings are."""

LONGEST = 60  # characters of a name


def distance(one: str, other: str, most: int = 3) -> int:
    """Letters to change, add, drop or swap to make one of the other; `most` + 1 when it is more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            best = min(before[j] + 1, row[-1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]


def is_misspelt(said: str, name: str) -> bool:
    """Whether `said` is `name` with a letter wrong, or two in a long one. Both as names are compared."""
    return (
        said[:1] == name[:1]
        and said.count(" ") == name.count(" ")
        and len(said) <= LONGEST
        and distance(said, name) <= (2 if len(name) >= 12 else 1)
    )
