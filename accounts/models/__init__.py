"""People: members, whom they follow and block, their tokens and invitations."""
from accounts.models.block import Block
from accounts.models.follow import Follow
from accounts.models.invite import Invite
from accounts.models.token import AccessToken
from accounts.models.user import FormerUsername, User

__all__ = ["AccessToken", "Block", "Follow", "FormerUsername", "Invite", "User"]
