"""The desk of members with what needs the log of decisions: suspending and reinstating."""

from collections import Counter
from typing import Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, ask, staff
from accounts.admin.members import MemberDesk
from accounts.models import User
from reviews.actions.departing import delete_account, what_goes
from reviews.actions.moderating import reinstate, suspend
from reviews.admin.decision_forms import SuspensionForm, end_of

GOES: Final = {
    "films": _("marks"),
    "viewings": _("viewings"),
    "reviews": _("reviews"),
    "essays": _("essays"),
    "notes": _("private notes"),
    "voted": _("films voted on"),
    "copies": _("copies on the shelf"),
    "comments": _("comments"),
    "lists": _("lists"),
    "others": _("comments of others under them"),
}

admin.site.unregister(User)


@admin.register(User)
class ModeratedMemberDesk(MemberDesk):
    actions = ("suspend", "reinstate", *MemberDesk.actions)

    @admin.action(description=_("Suspend…"), permissions=["suspend"], location=EVERYWHERE)
    def suspend(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        answer = ask(
            self,
            request,
            queryset,
            SuspensionForm,
            title=str(_("Suspend members")),
            button=str(_("Suspend")),
            note=str(_("They can no longer log in, and nobody sees what they wrote, until they are reinstated. "
                       "They are told why by mail, and can appeal.")),
        )  # fmt: skip
        if isinstance(answer, HttpResponse):
            return answer
        said = {"rule": answer["rule"], "reason": answer["reason"], "until": end_of(answer["lasts"])}
        done = self._each(request, queryset.filter(is_active=True), suspend, **said)
        self.log_each(request, done, str(_("Suspended: %(reason)s") % answer))
        self.message_user(request, _("Suspended: %(number)d.") % {"number": len(done)})
        return None

    @admin.action(description=_("Reinstate"), permissions=["suspend"], location=EVERYWHERE)
    def reinstate(self, request: HttpRequest, queryset: Any) -> None:
        done = self._each(request, queryset.filter(is_active=False), reinstate)
        self.log_each(request, done, str(_("Reinstated.")))
        self.message_user(request, _("Reinstated: %(number)d.") % {"number": len(done)})

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Who goes, and how much of each kind goes with them: more than could be shown one by one."""
        members = [member for member in objs if self.has_delete_permission(request, member)]
        refused = set() if len(members) == len(objs) else {str(self.opts.verbose_name)}
        goes = Counter[str]()
        for member in members:
            goes.update(what_goes(member))
        numbers = {str(label): goes[kind] for kind, label in GOES.items()}
        return (
            [str(member) for member in members],
            {str(self.opts.verbose_name_plural): len(members)} | numbers,
            refused,
            [],
        )

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Delete the account as its member would, so that nobody else loses a word by it."""
        delete_account(member=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for member in queryset.exclude(pk=staff(request).pk):
            delete_account(member=member)

    def _each(self, request: HttpRequest, members: Any, act: Any, **said: Any) -> list[User]:
        """Do it to each that it may be done to; name those that were refused."""
        done = []
        for member in members:
            try:
                done.append(act(moderator=staff(request), member=member, **said))
            except (PermissionDenied, ValidationError) as refusal:
                sentence = refusal if isinstance(refusal, PermissionDenied) else " ".join(refusal.messages)
                self.message_user(request, f"{member}: {sentence}", messages.ERROR)
        return done
