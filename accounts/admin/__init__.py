"""The desks for members, apps, webhooks, places for copies, invitations and other servers, and what every desk of the
admin shares.
"""

from accounts.admin.apps import AppDesk
from accounts.admin.copies import CopyPlaceDesk
from accounts.admin.federation import ArrivalDesk, ServerBlockDesk, StrangerDesk
from accounts.admin.invites import InviteDesk
from accounts.admin.members import MemberDesk
from accounts.admin.webhooks import WebhookDesk

__all__ = [
    "AppDesk", "ArrivalDesk", "CopyPlaceDesk", "InviteDesk", "MemberDesk", "ServerBlockDesk", "StrangerDesk",
    "WebhookDesk",
]  # fmt: skip
