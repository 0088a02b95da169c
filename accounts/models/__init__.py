"""People: members, whom they follow and block, their tokens and invitations."""

from accounts.models.block import Block
from accounts.models.follow import Follow
from accounts.models.idempotency import SentOnce
from accounts.models.invite import Invite
from accounts.models.limit import RequestCount
from accounts.models.token import AccessToken
from accounts.models.user import FormerUsername, User

__all__ = ["AccessToken", "Block", "Follow", "FormerUsername", "Invite", "RequestCount", "SentOnce", "User"]
