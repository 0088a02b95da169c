"""Opening the door of an evening by its key; whoever tries many keys has to wait."""

import time
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from accounts.models.limit import SPAN, count_request
from accounts.models.viewer import Viewer
from reviews.tonight import Sitting, has_room_for, sitting_at
from reviews.trust import LimitReached

LOOKS: Final = 60  # of those who have no seat, by their address, in five minutes


def look_in(key: str, *, viewer: Viewer, secret: str, address: str) -> Sitting | None:
    """The evening, for whoever sits there or may take a seat; None for everybody else, whatever the reason.

    Whoever has a seat is not counted. Raises LimitReached.
    """
    sitting = sitting_at(key, viewer, secret)
    if sitting is not None and sitting.seat_id is not None:
        return sitting
    now = time.time()
    if count_request(f"evening:{address}", int(now // SPAN)) > LOOKS:
        wait = timedelta(seconds=SPAN - now % SPAN)
        raise LimitReached(_("Too many tries. Wait five minutes, then open the link again."), wait)
    if sitting is None or not has_room_for(sitting, viewer, secret):
        return None
    return sitting
