"""Members: the staff finds them, administrators say what each may do."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import actions
from accounts.admin.desk import EVERYWHERE, Desk, ReasonForm, ask, staff
from accounts.models import User
from accounts.names import validate_username

PROFILE = ("display_name", "pronouns", "location", "website")
RIGHTS = ("is_active", "is_staff", "is_superuser", "groups")


class MemberForm(forms.ModelForm):
    """Carries what each field held when it was opened, so that only what was changed here is written.

    Members change their profile themselves, at any time: an old form does not undo it.
    """

    class Meta:
        model = User
        fields = ("username", *PROFILE, *RIGHTS[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        validate_username(username)
        actions.refuse_taken_username(username, member=self.instance)
        return username


@admin.register(User)
class MemberDesk(Desk):
    form = MemberForm
    list_display = ("username", "display_name", "date_joined", "is_active", "is_staff", "follower_count")
    list_filter = ("is_active", "is_staff", "groups", ("date_joined", admin.DateFieldListFilter))
    search_fields = ("^username", "^display_name")
    search_help_text = _("The beginning of a username or of a name")
    ordering = ("-date_joined", "-id")
    actions: tuple[str, ...] = ("empty_profile",)
    filter_horizontal = ("groups",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # people sign up themselves, or are invited

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return staff(request).is_superuser

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return staff(request).is_superuser and obj != request.user

    def has_suspend_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "accounts.suspend_user")

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        shown = tuple(self.list_display)
        return (shown[0], "email", *shown[1:]) if staff(request).is_superuser else shown

    def get_search_fields(self, request: HttpRequest) -> tuple[str, ...]:
        return (*self.search_fields, "^email") if staff(request).is_superuser else tuple(self.search_fields)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        seen = ("email",) if staff(request).is_superuser else ()
        return (
            (None, {"fields": ("username", *seen, "date_joined", "last_login")}),
            (_("Profile"), {"fields": (*PROFILE, "bio")}),
            (_("What they may do"), {"fields": RIGHTS}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        # Whoever is suspended or reinstated is so by a decision, which reviews/admin/members.py asks for.
        return ("email", "date_joined", "last_login", "bio", "is_active")

    def get_list_filter(self, request: HttpRequest) -> Any:
        return self.list_filter if staff(request).is_superuser else self.list_filter[:2] + self.list_filter[3:]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only by the filters on the page: `?email__startswith=` would let anybody here guess addresses."""
        return lookup.split("__")[0] in {"is_active", "is_staff", "groups", "date_joined"}

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        me = staff(request)
        changed = set(form.changed_data)
        if obj.pk == me.pk and changed & {"is_staff", "is_superuser"}:
            raise PermissionDenied(_("Nobody takes their own rights away: ask another administrator."))
        if "username" in changed:
            actions.change_username(member=obj, username=obj.username)
        kept = changed & {*PROFILE, "is_staff", "is_superuser"}
        if kept:
            obj.save(update_fields=kept)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        if "groups" in form.changed_data:
            super().save_related(request, form, formsets, change)

    @admin.action(description=_("Empty the profile…"), permissions=["suspend"], location=EVERYWHERE)
    def empty_profile(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        answer = ask(
            self,
            request,
            queryset,
            ReasonForm,
            title=str(_("Empty profiles")),
            button=str(_("Empty")),
            note=str(_("Display name, pronouns, location, website and the text about them are deleted for good.")),
        )
        if isinstance(answer, HttpResponse):
            return answer
        done = self._each(request, queryset, actions.empty_profile)
        self.log_each(request, done, str(_("Profile emptied: %(reason)s") % answer))
        self.message_user(request, _("Emptied: %(number)d.") % {"number": len(done)})
        return None

    def _each(self, request: HttpRequest, members: Any, act: Any) -> list[User]:
        """Do it to each that it may be done to; name those that were refused."""
        done = []
        for member in members:
            try:
                done.append(act(moderator=staff(request), member=member))
            except PermissionDenied as refusal:
                self.message_user(request, f"{member}: {refusal}", messages.ERROR)
        return done
