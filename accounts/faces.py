"""Parts of pages that name members, and whom: what keeps them is told of it when one is called otherwise."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from accounts.freshness import face_tag
from config.keeping import Tags


class Drawn(SafeString):
    """HTML, with the tags of the members whose names or pictures are in it."""

    faces: Tags = ()


def drawn(html: str, members: Iterable[int | None]) -> Drawn:
    """`members` by their numbers; None for nobody."""
    made = Drawn(html)
    made.faces = tuple(face_tag(number) for number in dict.fromkeys(members) if number is not None)
    return made


def faces_in(parts: Iterable[str]) -> Tags:
    """The tags of all who are named in these."""
    return tuple(dict.fromkeys(tag for part in parts for tag in getattr(part, "faces", ())))
