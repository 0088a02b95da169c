"""Looking for films that are here twice, and saying that two are not."""

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from films.actions.permission import require
from films.duplicates import FEW, SHARED, STORE
from films.models import Duplicate


@transaction.atomic
def find_duplicates(*, curator: User | None = None) -> int:
    """Look through the whole catalogue, and return how many pairs are new.

    Without a curator it is the night's doing. What was told apart once does not come again; what waited and is no pair
    any more goes.
    """
    if curator is not None:
        require(curator, "films.change_film")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('looking for duplicates'))")
        cursor.execute(STORE, {"shared": SHARED, "few": FEW})
        found = dict(cursor.fetchall())
    Duplicate.objects.filter(state=Duplicate.State.WAITING).exclude(pk__in=found).delete()
    return sum(found.values())


@transaction.atomic
def mark_distinct(*, curator: User, duplicate: Duplicate) -> Duplicate:
    """These are two films. Saying so twice changes nothing."""
    require(curator, "films.change_film")
    locked = Duplicate.objects.select_for_update().get(pk=duplicate.pk)
    if locked.state == Duplicate.State.WAITING:
        locked.state, locked.decided_by, locked.decided_at = Duplicate.State.DISTINCT, curator, timezone.now()
        locked.save(update_fields=["state", "decided_by", "decided_at"])
    return locked
