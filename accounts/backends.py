"""Who a session belongs to."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class MemberBackend(AuthenticationBackend):
    """allauth's, but the query that reads the member brings those from whom a block keeps them apart."""

    def get_user(self, user_id: int) -> User | None:
        member = User.objects.knowing_apart().filter(pk=user_id).first()
        return member if member is not None and self.user_can_authenticate(member) else None
