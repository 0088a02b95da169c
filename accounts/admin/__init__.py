"""The desks for members, apps, webhooks and invitations, and what every desk of the admin shares."""

from accounts.admin.apps import AppDesk
from accounts.admin.invites import InviteDesk
from accounts.admin.members import MemberDesk
from accounts.admin.webhooks import WebhookDesk

__all__ = ["AppDesk", "InviteDesk", "MemberDesk", "WebhookDesk"]
