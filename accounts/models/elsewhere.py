"""Other servers, who is there, what came from them, and from which of them nothing is taken (docs/federation.md)."""

from collections.abc import Iterable
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config.rows import Row

LONGEST_ADDRESS: Final = 500
LONGEST_BODY: Final = 64 * 1024  # bytes of what may come in at once


class Inbox(Row):
    """An address at which a server takes what is sent to its people: one for all of them, where it has such a one."""

    address = models.CharField(max_length=LONGEST_ADDRESS, unique=True)
    host = models.CharField(max_length=255)
    # Since when nothing has arrived, after how many failures, and until when it is left in peace.
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, db_default=0)
    rests_until = models.DateTimeField(null=True, blank=True)
    # A job sends to it; if that was killed, another may from then on.
    taken_until = models.DateTimeField(null=True, blank=True)
    # Nothing is sent there any more, until somebody there is heard of again.
    gone_at = models.DateTimeField(_("gone"), null=True, blank=True)

    class Meta:
        verbose_name = _("inbox elsewhere")
        verbose_name_plural = _("inboxes elsewhere")
        constraints = [models.CheckConstraint(condition=Q(address__startswith="https://"), name="inbox_by_https")]
        indexes = [models.Index(fields=["host"], name="inbox_host")]

    def __str__(self) -> str:
        return self.address


class Stranger(Row):
    """Somebody on another server, as that server describes them."""

    uri = models.CharField(_("address"), max_length=LONGEST_ADDRESS, unique=True)
    host = models.CharField(_("server"), max_length=255)
    username = models.CharField(_("username"), max_length=100)
    name = models.CharField(_("name"), max_length=100, blank=True)
    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="+")
    shared = models.ForeignKey(Inbox, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    key_id = models.CharField(max_length=LONGEST_ADDRESS)
    public_key = models.TextField(max_length=4000)
    fetched_at = models.DateTimeField(_("looked up"), default=timezone.now)

    class Meta:
        verbose_name = _("person elsewhere")
        verbose_name_plural = _("people elsewhere")
        indexes = [models.Index(fields=["host"], name="stranger_host")]

    def __str__(self) -> str:
        return self.handle

    @property
    def post_box(self) -> int:
        """The inbox for what is for all of their server, where it has such a one."""
        return self.shared_id or self.inbox_id

    @property
    def handle(self) -> str:
        """@ana@example.org"""
        return f"@{self.username}@{self.host}"


class Refusal(Row):
    """Somebody elsewhere, or a whole server, of whom a member wants nothing. It outlasts what is known of them."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="refusals", db_index=False
    )
    uri = models.CharField(max_length=LONGEST_ADDRESS, blank=True, db_default="")
    host = models.CharField(max_length=255, blank=True, db_default="")
    called = models.CharField(max_length=360)  # as the member's page names them
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("block of somebody elsewhere")
        verbose_name_plural = _("blocks of people elsewhere")
        constraints = [
            models.UniqueConstraint(fields=["member", "uri", "host"], name="refusal_once"),
            models.CheckConstraint(condition=(Q(uri="") & ~Q(host="")) | (~Q(uri="") & Q(host="")), name="refusal_of"),
        ]

    def __str__(self) -> str:
        return self.called


class ServerBlockQuerySet(models.QuerySet["ServerBlock"]):
    def of(self, host: str) -> Self:
        """Those that shut this server out, by its own name or by one above it."""
        return self.filter(domain__in=names_above(host))


class ServerBlock(Row):
    """A server, and all below its name, to which nothing is sent and from which nothing is taken."""

    domain = models.CharField(_("server"), max_length=255, help_text=_("Its name, such as example.org."))
    reason = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("blocked"), default=timezone.now)

    objects = ServerBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked server")
        verbose_name_plural = _("blocked servers")
        constraints = [
            models.UniqueConstraint(
                Lower("domain"), name="server_block_once",
                violation_error_message=_("This server is blocked already."),
            ),
            models.CheckConstraint(condition=Q(domain=Lower("domain")), name="server_block_in_small_letters"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.domain


class Arrival(Row):
    """What a server sent, until a job has looked whether it is true; then for a week, so that nothing counts twice."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Done")
        LEFT = "left", _("Left aside")
        REFUSED = "refused", _("Refused")

    activity = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    kind = models.CharField(_("kind"), max_length=20)
    actor = models.CharField(pgettext_lazy("who sent it", "from"), max_length=LONGEST_ADDRESS)
    # The address of what it deletes: what was deleted does not come back by what was sent before and came later.
    about = models.CharField(_("about"), max_length=LONGEST_ADDRESS, blank=True, db_default="")
    host = models.CharField(_("server"), max_length=255)
    body = models.TextField(max_length=LONGEST_BODY)
    key_id = models.CharField(max_length=LONGEST_ADDRESS)
    signed = models.TextField(max_length=4000)  # what the signature is of
    signature = models.CharField(max_length=2000)
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    because = models.CharField(_("why"), max_length=200, blank=True, db_default="")
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("arrival from elsewhere")
        verbose_name_plural = _("arrivals from elsewhere")
        constraints = [
            # Of what proved to be true alone: else a liar could take another's address before it is used.
            models.UniqueConstraint(fields=["activity"], condition=Q(state="done"), name="arrival_done_once"),
        ]
        indexes = [
            models.Index(fields=["received_at", "id"], name="arrival_oldest"),
            models.Index(fields=["host"], condition=Q(state="waiting"), name="arrival_waiting"),
            models.Index(fields=["about"], condition=Q(kind="Delete"), name="arrival_deletes"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.actor}"


def names_above(host: str) -> list[str]:
    """The name of a server without its port, and each name above it: a.b.org, b.org, org."""
    parts = host.rpartition(":")[0].split(".") if host.rpartition(":")[2].isdigit() else host.split(".")
    return [".".join(parts[place:]) for place in range(len(parts))]


def below(domains: Iterable[str], field: str = "host") -> Q:
    """Rows whose host is one of these, or below one of them."""
    found = Q(pk__in=[])
    for domain in domains:
        found |= Q(**{field: domain}) | Q(**{f"{field}__endswith": f".{domain}"})
        found |= Q(**{f"{field}__startswith": f"{domain}:"}) | Q(**{f"{field}__contains": f".{domain}:"})
    return found
