"""What PostgreSQL counts for the catalogue."""

from typing import Final

from accounts.tallies import Tally

CREDITS: Final = Tally("tally_credits", "films_credit", "person_id", "films_person", {"credit_count": "1"})

TALLIES: Final = (CREDITS,)
