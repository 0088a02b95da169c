from typing import Final, Self

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.sight import is_signed_in
from accounts.models.viewer import Viewer
from config.rows import Row

LONGEST_ENDPOINT: Final = 1_000
LONGEST_AGENT: Final = 200
MOST_DEVICES: Final = 10


class PushDeviceQuerySet(models.QuerySet["PushDevice"]):
    def going_on(self) -> Self:
        """Those whose session goes on."""
        sessions = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=timezone.now())
        return self.filter(Exists(sessions))

    def of(self, member: Viewer) -> Self:
        """Those that ring for this member, at most MOST_DEVICES, the latest first: none where they were logged out,
        nor any from before their password was changed, as of their sessions.
        """
        if not is_signed_in(member) or not member.is_active:
            return self.none()
        now = member.get_session_auth_hash()
        return self.going_on().filter(member=member, auth_hash=now).order_by("-created_at", "-pk")


class PushDevice(Row):
    """A browser that its member lets the house ring, by the push service of whoever makes the browser (RFC 8030)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_devices")
    # Whoever knows it can send there, so it is shown to nobody.
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT, unique=True)
    # For whom messages are enciphered (RFC 8291): a point of the curve P-256, and sixteen bytes; base64url.
    public_key = models.CharField(max_length=88)
    secret = models.CharField(max_length=24)
    # Where it was let in, and what it called itself.
    session_key = models.CharField(max_length=40, db_index=True)
    auth_hash = models.CharField(max_length=64)
    user_agent = models.CharField(max_length=LONGEST_AGENT, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    rang_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)  # since it rang last, the first time that it could not be reached

    objects = PushDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device that rings")
        verbose_name_plural = _("devices that ring")

    def __str__(self) -> str:
        return str(self.pk)
