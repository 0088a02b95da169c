"""The desks for members, apps and invitations, and what every desk of the admin shares."""

from accounts.admin.apps import AppDesk
from accounts.admin.invites import InviteDesk
from accounts.admin.members import MemberDesk

__all__ = ["AppDesk", "InviteDesk", "MemberDesk"]
