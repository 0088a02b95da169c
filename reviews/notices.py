"""How members hear of what concerns them, where they have chosen nothing else."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from reviews.models import Mailing, Notice, NoticeChoice


class Way(NamedTuple):
    """Whether a kind of notice is shown on the site, and when it is mailed."""

    on_site: bool
    mailing: str


# Likes come often and ask for nothing; what moderators decide must reach a member wherever they are.
DEFAULTS: Final[dict[str, Way]] = dict.fromkeys(Notice.values, Way(True, Mailing.NEVER)) | {
    Notice.FOLLOW_REQUEST.value: Way(True, Mailing.NOW),
    Notice.LIST_INVITATION.value: Way(True, Mailing.NOW),
    Notice.COMMENT.value: Way(True, Mailing.DAILY),
    Notice.REPLY.value: Way(True, Mailing.DAILY),
    Notice.MENTION.value: Way(True, Mailing.DAILY),
    Notice.LEAVING.value: Way(True, Mailing.NOW),
    Notice.CASE.value: Way(True, Mailing.NOW),
}


def ways_of(members: Iterable[int], kind: str) -> dict[int, Way]:
    """How each of these members (by id) hears of this kind. One query."""
    ids = set(members)
    chosen = NoticeChoice.objects.filter(member__in=ids, kind=kind)
    ways = {choice.member_id: Way(choice.on_site, choice.mailing) for choice in chosen}
    return {number: ways.get(number, DEFAULTS[kind]) for number in ids}
