"""People: members, whom they follow, block and mute, their tokens, apps, webhooks and invitations, and who elsewhere
follows them or is followed.
"""

from accounts.models.app import App, SigningKey
from accounts.models.block import Block
from accounts.models.copy_place import CopyPlace
from accounts.models.elsewhere import Arrival, Inbox, Refusal, ServerBlock, Stranger
from accounts.models.federation import Actor, Copy, Dispatch, Follower, Message, Reached, Reaction
from accounts.models.follow import Follow, FollowRequest
from accounts.models.follow_elsewhere import FollowElsewhere
from accounts.models.idempotency import SentOnce
from accounts.models.invite import Invite
from accounts.models.keys import UserKeys
from accounts.models.licence import Licence
from accounts.models.limit import RequestCount
from accounts.models.mute import Mute
from accounts.models.retired import RetiredName
from accounts.models.token import AccessToken
from accounts.models.user import CommentPolicy, FormerUsername, ShelfPolicy, TipPolicy, User
from accounts.models.webhook import Delivery, Event, Webhook

__all__ = [
    "AccessToken",
    "Actor",
    "App",
    "Arrival",
    "Block",
    "CommentPolicy",
    "Copy",
    "CopyPlace",
    "Delivery",
    "Dispatch",
    "Event",
    "Follow",
    "FollowElsewhere",
    "FollowRequest",
    "Follower",
    "FormerUsername",
    "Inbox",
    "Invite",
    "Licence",
    "Message",
    "Mute",
    "Reached",
    "Reaction",
    "Refusal",
    "RequestCount",
    "RetiredName",
    "SentOnce",
    "ServerBlock",
    "ShelfPolicy",
    "SigningKey",
    "Stranger",
    "TipPolicy",
    "User",
    "UserKeys",
    "Webhook",
]
