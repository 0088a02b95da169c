"""RSS: what members wrote lately, and the journal."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.models.sight import not_apart
from accounts.models.viewer import Viewer
from accounts.picture_shapes import view_of
from films.models import Availability
from reviews.leaving import Wanted, last_day_of, leaving
from reviews.models import Article, Review, Viewing
from reviews.pages import unless_known
from reviews.stars import label
from reviews.views.member import member_or_redirect, viewings_of

MOST: Final = 30


class HouseFeed(Feed):
    """Addresses are the site's own, whatever name the request came by."""

    page: str  # the name of the feed's own address

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return unless_known(request, super().__call__(request, *args, **kwargs))

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse(self.page)

    def link(self) -> str:
        return settings.SITE_URL + "/"

    def item_link(self, item: Any) -> str:
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item: Any) -> str:
        return self.item_link(item)

    def item_pubdate(self, item: Any) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Any) -> datetime:
        return item.updated_at


class ReviewsFeed(HouseFeed):
    page = "reviews:reviews_feed"

    def title(self) -> str:
        return _("Reviews · %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        return _("What members made of the films they saw.")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return request.user

    def feed_url(self, viewer: Viewer) -> str:  # type: ignore[override]  # Django passes the object to whoever takes it
        return super().feed_url()

    def items(self, viewer: Any) -> list[Review]:
        """What everybody may read; a browser that is logged in is spared whom a block keeps apart."""
        public = Review.objects.visible_to(AnonymousUser()).filter(not_apart(viewer))
        return list(public.with_card().newest()[:MOST])

    def item_title(self, item: Review) -> str:
        return _("%(member)s on %(film)s") % {"member": item.member.name, "film": item.film}

    def item_description(self, item: Review) -> SafeString:
        """What the review gives away stays on its page."""
        words = _("The ending is behind a curtain. Read it on the site.") if item.spoilers else item.excerpt
        stars = format_html("<p>{}</p>", label(item.half_stars)) if item.half_stars else ""
        return format_html("{}<p>{}</p>", stars, words)

    def item_author_name(self, item: Review) -> str:
        return item.member.name


def newest_articles() -> QuerySet[Article]:
    return Article.objects.published().select_related("author").newest().defer("body", "body_html", "headings")


class ArticlesFeed(HouseFeed):
    page = "reviews:articles_feed"

    def title(self) -> str:
        return _("The journal · %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        return _("News, essays and interviews from the projection booth.")

    def items(self) -> list[Article]:
        return list(newest_articles()[:MOST])

    def item_title(self, item: Article) -> str:
        return item.title

    def item_description(self, item: Article) -> str:
        """The picture, where there is one, and the standfirst."""
        image = view_of(item.picture_key)
        if image is None:
            return item.standfirst
        src = image.src if "://" in image.src else settings.SITE_URL + image.src
        shown = format_html(
            '<p><img src="{}" width="{}" height="{}" alt="{}"></p>', src, image.width, image.height, item.picture_alt
        )
        return format_html("{}<p>{}</p>", shown, item.standfirst) if item.standfirst else shown

    def item_author_name(self, item: Article) -> str:
        return item.writer or settings.SITE_NAME

    def item_categories(self, item: Article) -> list[str]:
        return [str(item.get_kind_display())]


class ArticlesOfAKindFeed(ArticlesFeed):
    """Only the news, only the essays: a kind of article each."""

    def get_object(self, request: HttpRequest, kind: str) -> Article.Kind:
        if kind not in Article.Kind.values:
            raise Http404
        return Article.Kind(kind)

    def title(self, kind: Article.Kind) -> str:  # type: ignore[override]  # Django passes the object to whoever takes it
        return _("%(kind)s · %(site)s") % {"kind": kind.label, "site": settings.SITE_NAME}

    def link(self, kind: Article.Kind) -> str:  # type: ignore[override]
        return f"{settings.SITE_URL}{reverse('reviews:articles')}?kind={kind}"

    def feed_url(self, kind: Article.Kind) -> str:  # type: ignore[override]
        return settings.SITE_URL + reverse("reviews:articles_kind_feed", args=[kind])

    def items(self, kind: Article.Kind) -> list[Article]:  # type: ignore[override]
        return list(newest_articles().filter(kind=kind)[:MOST])


class MemberFeed(ReviewsFeed):
    """What everybody may read of one member's reviews: of a private account nothing, so that it has no feed."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        member = member_or_redirect(request, kwargs["username"])
        if isinstance(member, HttpResponse):
            return member
        if member.is_private:
            raise Http404(_("This account is private."))
        return super().__call__(request, member=member)

    def get_object(self, request: HttpRequest, member: User) -> User:
        return member

    def title(self, member: User) -> str:  # type: ignore[override]  # Django passes the object to whoever takes it
        return _("%(name)s on %(site)s") % {"name": member.name, "site": settings.SITE_NAME}

    def link(self, member: User) -> str:  # type: ignore[override]
        return settings.SITE_URL + member.get_absolute_url()

    def feed_url(self, member: User) -> str:  # type: ignore[override]
        return settings.SITE_URL + reverse("reviews:member_feed", args=[member.username])

    def items(self, member: User) -> list[Review]:
        public = Review.objects.visible_to(AnonymousUser()).filter(member=member)
        return list(public.with_card().newest()[:MOST])


class DiaryFeed(MemberFeed):
    """What everybody may read of one member's diary, the latest evening first, with where and how if that is shown."""

    item_guid_is_permalink = False

    def title(self, member: User) -> str:  # type: ignore[override]  # Django passes the object
        return _("The diary of %(name)s") % {"name": member.name}

    def description(self) -> str:
        return _("What was seen, and when.")

    def link(self, member: User) -> str:  # type: ignore[override]  # Django passes the object
        return settings.SITE_URL + reverse("reviews:member_diary", args=[member.username])

    def feed_url(self, member: User) -> str:  # type: ignore[override]  # Django passes the object
        return settings.SITE_URL + reverse("reviews:member_diary_feed", args=[member.username])

    def items(self, member: User) -> list[Viewing]:  # type: ignore[override]  # Django passes the object
        lines = viewings_of(member, AnonymousUser()).select_related("film", "member")
        return list(lines.order_by("-watched_on", "-id")[:MOST])

    def item_title(self, item: Viewing) -> str:  # type: ignore[override]  # items are viewings
        stars = label(item.half_stars) if item.half_stars else ""
        return ", ".join(filter(None, [str(item.film), stars]))

    def item_description(self, item: Viewing) -> SafeString:  # type: ignore[override]  # items are viewings
        day = _("Watched on %(day)s.") % {"day": date_format(item.watched_on, "DATE_FORMAT")}
        how = [item.get_cut_display(), item.get_format_display(), item.place] if item.context_shown else []
        words = [day, _("Seen before.") if item.rewatch else "", ", ".join(filter(None, how))]
        return format_html("<p>{}</p>", " ".join(filter(None, words)))

    def item_link(self, item: Any) -> str:
        """The review of that evening, or the film."""
        if item.shown_review:
            return settings.SITE_URL + reverse("reviews:review", args=[item.shown_review])
        return settings.SITE_URL + item.film.get_absolute_url()

    def item_guid(self, item: Viewing) -> str:
        return f"{settings.SITE_URL}{reverse('reviews:member_diary', args=[item.member.username])}#line-{item.pk}"

    def item_categories(self, item: Viewing) -> list[str]:
        return item.tags

    def item_pubdate(self, item: Viewing) -> datetime:
        return item.created_at


class LeavingFeed(HouseFeed):
    """What leaves a service within a month, of one service or country where the address asks for it."""

    ahead = timedelta(days=30)

    def get_object(self, request: HttpRequest) -> Wanted:
        return Wanted.read(request.GET)

    def title(self) -> str:
        return _("Leaving soon · %(site)s") % {"site": settings.SITE_NAME}

    def description(self) -> str:
        return _("Films on their last days on a service, the soonest first.")

    def link(self) -> str:
        return settings.SITE_URL + reverse("films:leaving_soon")

    def feed_url(self, wanted: Wanted) -> str:  # type: ignore[override]  # Django passes the object to whoever takes it
        return settings.SITE_URL + reverse("films:leaving_feed") + wanted.query

    def items(self, wanted: Wanted) -> list[Availability]:
        soon = leaving(wanted).filter(ends_on__lte=timezone.localdate() + self.ahead)
        return list(soon.order_by("ends_on", "id")[: 3 * MOST])

    def item_title(self, item: Availability) -> str:
        return last_day_of(item)

    def item_description(self, item: Availability) -> str:
        words = [_("Until %(day)s.") % {"day": date_format(self.last_day(item), "DATE_FORMAT")}]
        return " ".join([*words, ", ".join(item.country_names)]).strip()  # type: ignore[attr-defined]  # leaving() adds it

    def item_link(self, item: Availability) -> str:
        return settings.SITE_URL + item.film.get_absolute_url()

    item_guid_is_permalink = False

    def item_guid(self, item: Availability) -> str:
        return f"{self.item_link(item)}#leaving-{item.pk}"

    def item_pubdate(self, item: Availability) -> datetime:
        """When it came into the feed."""
        return timezone.make_aware(datetime.combine(self.last_day(item) - self.ahead, time()))

    def item_updateddate(self, item: Availability) -> datetime:
        return self.item_pubdate(item)

    def last_day(self, item: Availability) -> date:
        assert item.ends_on is not None  # leaving() picks no others
        return item.ends_on
