"""Where Django looks for the backend that `config/database.py` names."""

import select
import time

from django.db.backends.postgresql import base

QUIET_SECONDS = 30  # after which a connection is asked, in case something between has dropped it without a word


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection is checked at the start of each request (`CONN_HEALTH_CHECKS`), which costs Django a query.

    A server that ended has closed its end, and that can be seen without asking it.
    """

    used_at = 0.0
    replayed_at: int | None = None  # the stamp under which this connection's replica was up to date (config/replica.py)

    def connect(self) -> None:
        self.replayed_at = None
        super().connect()

    def is_usable(self) -> bool:
        if self.connection is None:
            return False
        now, before = time.monotonic(), self.used_at
        self.used_at = now
        if now - before > QUIET_SECONDS or self.connection.closed:
            return super().is_usable()
        waiting = select.poll()
        waiting.register(self.connection.pgconn.socket, select.POLLIN | select.POLLHUP | select.POLLERR)
        # Between requests the server says nothing, unless it says good-bye.
        return not waiting.poll(0) or super().is_usable()
