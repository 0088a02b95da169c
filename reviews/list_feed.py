"""RSS of a list: which films were put on it lately, or, where it fills itself, which it finds."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models.sight import not_apart
from reviews import markup
from reviews.feeds import MOST, HouseFeed
from reviews.lists import entries_for, hush
from reviews.models import FilmList, ListEntry
from reviews.self_filling import as_entries, found_by


class ListFeed(HouseFeed):
    """What everybody may see of one list. One for fewer has no feed; nor has it for whom a block keeps apart."""

    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest, list_id: int) -> FilmList:
        for_all = FilmList.objects.visible_to(AnonymousUser()).filter(not_apart(request.user), pk=list_id)
        film_list = for_all.select_related("member").first()
        if film_list is None:
            raise Http404
        return film_list

    def title(self, film_list: FilmList) -> str:
        return _("%(title)s, a list by %(name)s") % {"title": film_list.title, "name": film_list.member.name}

    def description(self, film_list: FilmList) -> str:
        words = markup.excerpt(film_list.description, kind="comment")
        if film_list.fills_itself:
            return words or _("The films of this list, as it finds them.")
        return words or _("The films of this list, what was added last first.")

    def link(self, film_list: FilmList) -> str:  # type: ignore[override]  # Django passes the object to whoever takes it
        return settings.SITE_URL + film_list.get_absolute_url()

    def feed_url(self, film_list: FilmList) -> str:  # type: ignore[override]  # as above
        return settings.SITE_URL + reverse("reviews:list_feed", args=[film_list.pk])

    def items(self, film_list: FilmList) -> list[ListEntry]:
        if film_list.fills_itself:
            return as_entries(film_list, found_by(AnonymousUser(), film_list), most=MOST)
        entries = entries_for(AnonymousUser(), film_list).select_related("film", "film_list")
        return hush(list(entries.order_by("-added_at", "-id")[:MOST]))

    def item_title(self, item: ListEntry) -> str:
        return str(item.film)

    def item_description(self, item: ListEntry) -> SafeString | str:
        """The note on it; what gives the film away stays on the page."""
        if not item.note:
            return ""
        hidden = _("The ending is behind a curtain. Read it on the site.")
        return format_html("<p>{}</p>", hidden if item.spoilers else markup.excerpt(item.note, kind="comment"))

    def item_link(self, item: ListEntry) -> str:
        return settings.SITE_URL + item.film.get_absolute_url()

    def item_guid(self, item: ListEntry) -> str:
        """Not the film's address: it may be on many lists that somebody follows."""
        place = f"film-{item.film_id}" if item.pk is None else f"entry-{item.pk}"
        return f"{settings.SITE_URL}{item.film_list.get_absolute_url()}#{place}"

    def item_pubdate(self, item: ListEntry) -> datetime | None:
        """None for what was found: nobody knows since when it is."""
        return item.added_at
