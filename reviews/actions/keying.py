"""What search finds members by, for whoever writes it anew. Those of films and people are in films.actions.ranking."""

from typing import Final

from films.actions.ranking import Kept

MEMBERS: Final = Kept("accounts_user", "keys_of_member(r.username, r.display_name)", "follower_count")
