"""Sessions as Django keeps them in the database, read by a query that is prepared."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from accounts import prepared

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """The name is part of what signs a session."""

    def load(self) -> dict[str, Any]:
        for (kept,) in prepared.rows(READ, (self.session_key, timezone.now())):
            read: dict[str, Any] = self.decode(kept)
            return read
        self._session_key = None
        return {}
