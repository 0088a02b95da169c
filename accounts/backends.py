"""Who a session belongs to."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection
from django.db.models.expressions import Combinable

from accounts import prepared
from accounts.models import User

# What else is read with the member who comes in, by the name of the attribute. The apps above add theirs, as an
# expression about a row of User, once they are ready.
KNOWN_AT_THE_DOOR: Final[dict[str, Callable[[], Combinable]]] = {}
# No member has this number; in a query that is kept, it stands for the one who asks.
NOBODY: Final = -(2**62)


class MemberBackend(AuthenticationBackend):
    """allauth's, but the query that reads the member brings those from whom a block keeps them apart, too.

    It is asked for each request of a member, so it is put together once and prepared.
    """

    def get_user(self, user_id: int) -> User | None:
        query, params, fields, also = _query()
        for row in prepared.rows(query, [user_id if each == NOBODY else each for each in params]):
            member = User.from_db("default", fields, row[: len(fields)])
            for name, known in zip(also, row[len(fields) :], strict=True):
                setattr(member, name, known)
            return member if self.user_can_authenticate(member) else None
        return None


@cache
def _query() -> tuple[str, tuple[Any, ...], list[str], list[str]]:
    """The query for NOBODY with its values, the fields of the member that it begins with, and what follows them."""
    expressions = {name: expression() for name, expression in KNOWN_AT_THE_DOOR.items()}
    members = User.objects.knowing_apart().annotate(**expressions).filter(pk=NOBODY)
    query, params = members.query.get_compiler(connection=connection).as_sql()
    also = list(members.query.annotation_select)
    return query, params, [field.attname for field in User._meta.concrete_fields], also
