"""What curators do to several films at once."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.admin.desk import EVERYWHERE, ask, say_refusal, staff
from accounts.admin.picking import PickField
from films import actions
from films.admin.shelves import GENRES
from films.models import Collection


class CollectionForm(forms.Form):
    collection = forms.ModelChoiceField(
        Collection.objects.order_by("-on_front_page", "position", "title"),
        label=_("Collection"),
        required=False,
        empty_label=_("A new one, with the title below"),
    )
    title = forms.CharField(label=_("Title of the new collection"), max_length=120, required=False)
    on_front_page = forms.BooleanField(label=_("Show it on the front page"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("collection") and not cleaned.get("title"):
            raise ValidationError(_("Choose a collection, or give the new one a title."))
        return cleaned


class GenreForm(forms.Form):
    genre = PickField(GENRES, label=_("Genre"))


@admin.action(description=_("Put into a collection or on the front page…"), permissions=["change"], location=EVERYWHERE)
def put_into_collection(desk: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    title, button = str(_("Put films into a collection")), str(_("Put them there"))
    answer = ask(desk, request, queryset, CollectionForm, title=title, button=button)
    if isinstance(answer, HttpResponse):
        return answer
    editor = staff(request)
    try:
        collection = answer["collection"] or actions.save_collection(editor=editor, title=answer["title"])
        if answer["on_front_page"]:
            others = Collection.objects.filter(on_front_page=True).exclude(pk=collection.pk)
            first = [collection, *others.order_by("position", "id")]
            actions.arrange_front_page(editor=editor, collections=first)
        number = actions.add_to_collection(editor=editor, collection=collection, films=queryset)
    except ValidationError as refusal:
        say_refusal(desk, request, refusal)
        return None
    desk.log_each(request, queryset, str(_("Put into the collection “%(name)s”.") % {"name": collection}))
    desk.message_user(request, _("New in “%(name)s”: %(number)d.") % {"name": collection, "number": number})
    return None


@admin.action(description=_("Add a genre…"), permissions=["change"], location=EVERYWHERE)
def add_a_genre(desk: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    answer = ask(desk, request, queryset, GenreForm, title=str(_("Add a genre")), button=str(_("Add it")))
    if isinstance(answer, HttpResponse):
        return answer
    genre, chosen = answer["genre"], list(queryset)
    number = actions.add_genre(curator=staff(request), genre=genre, films=chosen)
    desk.log_each(request, chosen, str(_("Genre added: %(genre)s.") % {"genre": genre}))
    desk.message_user(request, _("New under %(genre)s: %(number)d.") % {"genre": genre, "number": number})
    return None


@admin.action(description=_("Draw the poster anew"), permissions=["change"], location=EVERYWHERE)
def redraw_posters(desk: Any, request: HttpRequest, queryset: Any) -> None:
    chosen = list(queryset.filter(poster_key=""))
    for film in chosen:
        actions.redraw_poster(curator=staff(request), film=film)
    desk.log_each(request, chosen, str(_("Poster drawn anew.")))
    desk.message_user(request, _("Posters that are drawn anew: %(number)d.") % {"number": len(chosen)})
