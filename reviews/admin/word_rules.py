"""Words and sites that make a text worth a moderator's look."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import Desk, staff
from reviews.actions.flagging import check_pattern, delete_word_rule, save_word_rule
from reviews.models import WordRule


class WordRuleForm(forms.ModelForm):
    class Meta:
        model = WordRule
        fields = ("kind", "pattern", "rule", "note", "is_on")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if "kind" in said and "pattern" in said:
            check_pattern(said["kind"], said["pattern"])
        return said


@admin.register(WordRule)
class WordRuleDesk(Desk):
    form = WordRuleForm
    list_display = ("pattern", "kind", "rule", "note", "is_on")
    list_filter = ("kind", "rule", "is_on")
    search_fields = ("pattern", "note")
    search_help_text = _("Part of what is looked for, or of the note")
    ordering = ("pattern",)

    def save_model(self, request: HttpRequest, obj: WordRule, form: Any, change: bool) -> None:
        save_word_rule(moderator=staff(request), rule=obj)

    def delete_model(self, request: HttpRequest, obj: WordRule) -> None:
        delete_word_rule(moderator=staff(request), rule=obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for rule in queryset:
            delete_word_rule(moderator=staff(request), rule=rule)
