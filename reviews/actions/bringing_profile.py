"""What a member says of themselves, as an import brings it: a field of the profile a row."""

from collections.abc import Sequence
from typing import Final

from accounts.actions import save_profile
from accounts.models import User
from reviews.actions.following import choose_privacy
from reviews.actions.import_ledger import Ledger
from reviews.models import ImportChange, ImportRow

WORDS: Final = ("display_name", "bio", "location", "pronouns", "website")
LICENCE: Final = "licence"


def bring_profile(member: User, rows: Sequence[ImportRow], ledger: Ledger) -> None:
    for row in rows:
        name = (row.circumstances or {}).get("field", "")
        if name in (*WORDS, LICENCE):
            before = getattr(member, name)
            put_words(member, name, row.body)
            ledger.note_part(ImportChange.Kind.PROFILE, member, {name: before}, {name: getattr(member, name)})


def undo_profile(member: User, changes: Sequence[ImportChange]) -> list[int]:
    """Field by field. Returns the changes of those that the member changed since."""
    kept = list[int]()
    for change in changes:
        for name, words in change.after.items():
            if getattr(member, name) == words:
                put_words(member, name, (change.before or {}).get(name, ""))
            else:
                kept.append(change.pk)
    return kept


def put_words(member: User, name: str, words: str) -> None:
    if name == LICENCE:
        choose_privacy(member=member, licence=words)
        return
    now = {each: getattr(member, each) for each in WORDS}
    save_profile(member=member, **(now | {name: words}))
    member.refresh_from_db(fields=[name])
