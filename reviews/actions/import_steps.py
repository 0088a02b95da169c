"""An import goes forth and back in steps, each a transaction of its own: a job that was killed goes on where it was."""

from collections.abc import Callable

from django.db import OperationalError, transaction

from reviews.models import Import


def go_on(number: int, *, state: str, back: str, step: Callable[[Import], bool], end: Callable[[Import], None]) -> None:
    """While the import is in this state: steps as long as one says that it did something, then the end.

    Where a step fails, what was done before it stays, and the import goes back to the other state and is marked. Raises
    what the step raised.
    """
    try:
        while went_on(number, state, step, end):
            pass
    except OperationalError:  # somebody else was in the way, or the database went: the job is tried again
        raise
    except Exception:
        Import.objects.filter(pk=number, state=state).update(state=back, went_wrong=True)
        raise


@transaction.atomic
def went_on(number: int, state: str, step: Callable[[Import], bool], end: Callable[[Import], None]) -> bool:
    """One step, or the end. Whether there may be another one."""
    locked = Import.objects.select_for_update(no_key=True).defer("file").filter(pk=number).first()
    if locked is None or locked.state != state:
        return False
    if step(locked):
        return True
    end(locked)
    return False
