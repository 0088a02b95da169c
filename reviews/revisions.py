"""What changed between two texts, in words that can be read: paragraph by paragraph, and word by word within one."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

MOST_WORDS: Final = 2_000  # of one passage: beyond, the old and the new are shown whole

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A changed passage in parts; or, without parts, how many paragraphs stayed as they were."""

    parts: tuple[Part, ...] = ()
    unchanged: int = 0


def compare(before: str, after: str) -> list[Passage]:
    """Empty when both say the same, whatever the space between paragraphs."""
    old, new = _paragraphs(before), _paragraphs(after)
    if old == new:
        return []
    passages = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            passages.append(Passage(unchanged=j - i))
        elif j - i == m - k:
            passages += [Passage(_words(a, b)) for a, b in zip(old[i:j], new[k:m], strict=True)]
        else:
            passages.append(Passage(_words("\n\n".join(old[i:j]), "\n\n".join(new[k:m]))))
    return passages


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def _words(before: str, after: str) -> tuple[Part, ...]:
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    if not old or not new or max(len(old), len(new)) > MOST_WORDS:
        whole: list[Part] = [Part("gone", before), Part("new", after)]
        return tuple(part for part in whole if part.text)
    parts: list[Part] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(Part("same", "".join(old[i:j])))
            continue
        if j > i:
            parts.append(Part("gone", "".join(old[i:j])))
        if m > k:
            parts.append(Part("new", "".join(new[k:m])))
    return tuple(parts)
