"""What moderators fill in when they decide: the rule, the reason, for how long; and what they write to people."""

from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models import Case, CaseMessage, HouseRule
from reviews.models.case import LONGEST_LINE

LASTING: Final = (
    ("", _("For good")), ("1", _("One day")), ("3", _("Three days")), ("7", _("A week")), ("30", _("A month")),
    ("90", _("Three months")),
)  # fmt: skip
RULES: Final = [("", _("Choose the rule")), *HouseRule.choices]
LARGE: Final = {"rows": 3, "class": "vLargeTextField"}


class RuleForm(forms.Form):
    rule = forms.ChoiceField(label=_("Rule broken"), choices=RULES)
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea(attrs=LARGE),
        help_text=_("The member reads it."),
    )


class SuspensionForm(RuleForm):
    lasts = forms.ChoiceField(label=_("For how long"), choices=LASTING, required=False)

    def until(self) -> datetime | None:
        return end_of(self.cleaned_data["lasts"])


class DecisionForm(SuspensionForm):
    """All that the buttons of a case take; which fields a kind of decision needs, its action knows."""

    closes = forms.BooleanField(label=_("Close the case"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].required = self.fields["reason"].required = False
        self.fields["reason"].help_text = _("The member reads it. Where nothing is done, those who reported it do.")
        self.fields["lasts"].help_text = _("Of a limit, a ban from commenting or a suspension.")

    def said(self) -> dict[str, Any]:
        names = ("rule", "reason", "closes")
        return {name: self.cleaned_data[name] for name in names}


class MessageForm(forms.Form):
    to = forms.ChoiceField(label=_("For"))
    body = forms.CharField(label=_("Message"), max_length=LONGEST_LINE, widget=forms.Textarea(attrs=LARGE))

    def __init__(self, case: Case, reporters: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(CaseMessage.Side.MODERATORS.value, str(_("Moderators alone")))]
        if case.answerable is not None:
            choices.append((CaseMessage.Side.ANSWERABLE.value, str(_("%(name)s, whose doing it is")) % {
                "name": case.answerable.name
            }))  # fmt: skip
        choices += [
            (f"reporter:{one.pk}", str(_("%(name)s, who reported it")) % {"name": one.name}) for one in reporters
        ]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.reporters = {one.pk: one for one in reporters}

    def said(self) -> dict[str, Any]:
        side, _colon, number = self.cleaned_data["to"].partition(":")
        reporter = self.reporters[int(number)] if number else None
        return {"side": side, "reporter": reporter, "body": self.cleaned_data["body"]}


class NoteForm(forms.Form):
    note = forms.CharField(label=_("What the curators should do"), max_length=500, widget=forms.Textarea(attrs=LARGE))


class AppealAnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Answer to the member"), max_length=LONGEST_LINE, widget=forms.Textarea(attrs={**LARGE, "rows": 4})
    )


def end_of(lasts: str) -> datetime | None:
    """That many days from now; for good without a number."""
    return timezone.now() + timedelta(days=int(lasts)) if lasts else None
