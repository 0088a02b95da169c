"""Sessions as Django keeps them in the database, read by a query that is prepared."""

from typing import Any, Final

from django.contrib.sessions.backends import db
from django.utils import timezone

from accounts import prepared

WAITING: Final = "account_reauthentication_state"  # allauth’s own word for it
LARGEST: Final = 64 * 1024  # characters
READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """The name is part of what signs a session."""

    def load(self) -> dict[str, Any]:
        for (kept,) in prepared.rows(READ, (self.session_key, timezone.now())):
            read: dict[str, Any] = self.decode(kept)
            return read
        self._session_key = None
        return {}

    def encode(self, session_dict: dict[str, Any]) -> str:
        """What was sent to a page that wants the password first waits in the session, unless it is too much to be any
        of those forms: else every log-in could leave megabytes behind. The page is shown anew then.
        """
        encoded: str = super().encode(session_dict)
        if len(encoded) > LARGEST and WAITING in session_dict:
            rest = {name: value for name, value in session_dict.items() if name != WAITING}
            encoded = super().encode(rest)
        return encoded
