"""The desks for members and invitations, and what every desk of the admin shares."""

from accounts.admin.invites import InviteDesk
from accounts.admin.members import MemberDesk

__all__ = ["InviteDesk", "MemberDesk"]
