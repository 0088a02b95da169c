"""RSS of what a member writes: their essays, apart from their reviews."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.essays import essays_of
from reviews.feeds import MOST, MemberFeed
from reviews.models import Essay


class EssaysFeed(MemberFeed):
    """What everybody may read of one member's essays: of a private account nothing, so that it has no feed."""

    def title(self, member: User) -> str:  # type: ignore[override]  # Django passes the object to whoever takes it
        return _("Essays by %(name)s") % {"name": member.name}

    def description(self) -> str:
        return _("About films, people and cinema as such.")

    def link(self, member: User) -> str:  # type: ignore[override]  # as above
        return settings.SITE_URL + reverse("reviews:member_essays", args=[member.username])

    def feed_url(self, member: User) -> str:  # type: ignore[override]  # as above
        return settings.SITE_URL + reverse("reviews:member_essays_feed", args=[member.username])

    def items(self, member: User) -> list[Essay]:  # type: ignore[override]  # items are essays
        return list(essays_of(member, AnonymousUser()).with_card().newest()[:MOST])

    def item_title(self, item: Essay) -> str:  # type: ignore[override]  # items are essays
        return item.title

    def item_description(self, item: Essay) -> SafeString:  # type: ignore[override]  # items are essays
        """What the essay gives away stays on its page."""
        words = _("What it gives away is behind a curtain. Read it on the site.") if item.spoilers else item.excerpt
        return format_html("<p>{}</p>", words)

    def item_author_name(self, item: Essay) -> str:  # type: ignore[override]  # items are essays
        return item.member.name
