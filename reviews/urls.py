"""The site's pages: the catalogue's (names `films:…`) and the community's (names `reviews:…`)."""

from django.urls import URLPattern, include, path

from films.urls import urlpatterns as films_pages
from reviews.feeds import ArticlesFeed, ArticlesOfAKindFeed, LeavingFeed, MemberFeed, ReviewsFeed
from reviews.views import (
    apart,
    articles,
    browse,
    cards,
    cases,
    charts,
    collections,
    comments,
    decisions,
    diary,
    favourites,
    film,
    film_lists,
    following,
    for_you,
    home,
    leaving,
    list_filling,
    list_writing,
    lists,
    machines,
    member,
    notifications,
    person,
    reporting,
    review,
    rules,
    score,
    search,
    suggesting,
    tags,
    talk,
    walls,
    writing,
)

catalogue: list[URLPattern] = [
    *films_pages,
    # Films
    path("films/", browse.browse, name="browse"),
    path("films/<slug:slug>/", film.show, name="film"),
    path("films/<slug:slug>/reviews/", film.reviews, name="reviews"),
    path("films/<slug:slug>/friends/", film.friends, name="friends"),
    path("films/<slug:slug>/report/", reporting.report_film, name="report_film"),
    path("films/<slug:slug>/score/", score.score, name="score"),
    path("films/<slug:slug>/score/shown/", score.show, name="show_score"),
    path("films/<slug:slug>/mark/", film.mark, name="mark"),
    path("films/<slug:slug>/mute/", apart.mute_film, name="mute"),
    path("films/<slug:slug>/dismissal/", for_you.dismiss, name="dismiss"),
    path("films/<slug:slug>/lists/", film_lists.of_film, name="lists"),
    path("films/<slug:slug>/lists/<int:list_id>/", film_lists.put_on_list, name="put_on_list"),
    path("films/<slug:slug>/talk/", talk.show, name="talk"),
    path("films/<slug:key>/talk/comments/", comments.add, {"kind": "film"}, name="talk_comments"),
    path("films/<slug:key>/talk/subscription/", comments.subscription, {"kind": "film"}, name="talk_subscription"),
    # People, artists, companies and collections
    path("people/<slug:slug>/", person.person, name="person"),
    path("artists/<slug:slug>/", walls.artist, name="artist"),
    path("companies/<slug:slug>/", walls.company, name="company"),
    path("franchises/<slug:slug>/", walls.franchise, name="franchise"),
    path("collections/", collections.collections, name="collections"),
    path("collections/<slug:slug>/", collections.collection, name="collection"),
    # Charts
    path("charts/", charts.overview, name="charts"),
    path("charts/<slug:name>/", charts.chart, name="chart"),
    # What leaves soon
    path("leaving-soon/", leaving.leaving_soon, name="leaving_soon"),
    path("leaving-soon.ics", leaving.leaving_calendar, name="leaving_calendar"),
    path("leaving-soon.rss", LeavingFeed(), name="leaving_feed"),
]

community: list[URLPattern] = [
    # Home and search
    path("", home.home, name="home"),
    path("search/", search.show, name="search"),
    path("search/suggest/", suggesting.show, name="suggest"),
    # What is recommended to one
    path("for-you/", for_you.show, name="for_you"),
    path("for-you/dismissed/", for_you.dismissed, name="dismissed"),
    # Reviews and comments
    path("films/<slug:slug>/review/", writing.write, name="write_review"),
    path("reviews/<int:review_id>/", review.show, name="review"),
    path("cards/reviews/<int:review_id>-<slug:version>.jpg", cards.review, name="review_card"),
    path("reviews/<int:review_id>/edit/", writing.edit, name="edit_review"),
    path("reviews/<int:review_id>/deletion/", review.delete, name="delete_review"),
    path("reviews/<int:review_id>/like/", review.like, name="like_review"),
    path("reviews/<int:review_id>/pin/", review.pin, name="pin_review"),
    path("reviews/<int:review_id>/report/", reporting.report_review, name="report_review"),
    path("reviews/<int:key>/comments/", comments.add, {"kind": "review"}, name="review_comments"),
    path("reviews/<int:key>/subscription/", comments.subscription, {"kind": "review"}, name="review_subscription"),
    path("comments/<int:comment_id>/edit/", comments.edit, name="edit_comment"),
    path("comments/<int:comment_id>/deletion/", comments.delete, name="delete_comment"),
    path("comments/<int:comment_id>/takedown/", comments.take_down, name="take_down_comment"),
    path("comments/<int:comment_id>/report/", reporting.report_comment, name="report_comment"),
    # Lists
    path("lists/", lists.lists, name="lists"),
    path("lists/new/", list_writing.new, name="new_list"),
    path("lists/<int:list_id>/", lists.show, name="list"),
    path("lists/<int:list_id>/link/<slug:key>/", lists.show_by_link, name="list_link"),
    path("lists/<int:key>/comments/", comments.add, {"kind": "film_list"}, name="list_comments"),
    path("lists/<int:key>/subscription/", comments.subscription, {"kind": "film_list"}, name="list_subscription"),
    path("lists/<int:list_id>/report/", reporting.report_list, name="report_list"),
    path("lists/<int:list_id>/like/", lists.like, name="like_list"),
    path("lists/<int:list_id>/clone/", lists.clone, name="clone_list"),
    path("lists/<int:list_id>/edit/", list_writing.edit, name="edit_list"),
    path("lists/<int:list_id>/deletion/", list_writing.delete, name="delete_list"),
    path("lists/<int:list_id>/link/", list_writing.new_link, name="new_list_link"),
    path("lists/<int:list_id>/collaborators/", list_writing.people, name="list_people"),
    path("lists/<int:list_id>/films/", list_filling.arrange, name="list_films"),
    path("lists/<int:list_id>/films/<int:entry_id>/", list_filling.change, name="list_entry"),
    path("cards/lists/<int:list_id>-<slug:version>.jpg", cards.film_list, name="list_card"),
    # The diary
    path("films/<slug:slug>/log/", diary.log, name="log"),
    path("diary/<int:viewing_id>/edit/", diary.edit, name="edit_viewing"),
    path("diary/<int:viewing_id>/deletion/", diary.delete, name="delete_viewing"),
    # Tags
    path("tags/<str:tag>/", tags.tag, name="tag"),
    path("members/<str:username>/tags/", tags.member_tags, name="member_tags"),
    path("members/<str:username>/tags/<str:tag>/", tags.member_tag, name="member_tag"),
    # Articles
    path("articles/", articles.articles, name="articles"),
    path("articles/<slug:slug>/", articles.article, name="article"),
    path("articles/<slug:key>/comments/", comments.add, {"kind": "article"}, name="article_comments"),
    path("articles/<slug:key>/subscription/", comments.subscription, {"kind": "article"}, name="article_subscription"),
    # Members
    path("members/<str:username>/", member.show, name="member"),
    *(
        path(f"members/<str:username>/{kind}/", member.listing, {"kind": kind}, name=f"member_{kind}")
        for kind in member.LISTS
    ),
    path("members/<str:username>/lists/", film_lists.of_member, name="member_lists"),
    path("members/<str:username>/feed.rss", MemberFeed(), name="member_feed"),
    path("members/<str:username>/activity/", following.activity, name="member_activity"),
    path("members/<str:username>/follow/", following.follow, name="follow"),
    path("members/<str:username>/removal/", following.remove, name="remove_follower"),
    path("members/<str:username>/block/", member.block_member, name="block"),
    path("members/<str:username>/mute/", apart.mute_member, name="mute"),
    # What a member is told
    path("accounts/notifications/", notifications.notifications, name="notifications"),
    path("accounts/notifications/<int:notification_id>/", notifications.open_one, name="notification"),
    path("accounts/notifications/read/", notifications.read_all, name="read_notifications"),
    path("accounts/notifications/count/", notifications.count, name="notification_count"),
    path("accounts/notifications/choices/", notifications.choices, name="notice_choices"),
    path("accounts/notifications/unsubscribe/<str:token>/", notifications.unsubscribe, name="unsubscribe"),
    # What one shows first
    path("accounts/favourites/", favourites.favourites, name="favourites"),
    # Who sees one, and who follows
    path("accounts/privacy/", following.privacy, name="privacy"),
    path("accounts/muted/", apart.muted, name="muted"),
    path("accounts/requests/", following.requests, name="requests"),
    path("accounts/requests/answer/", following.answer, name="answer_request"),
    path("members/<str:username>/report/", reporting.report_member, name="report_member"),
    # What moderators do
    path("rules/", rules.rules, name="rules"),
    path("transparency/", rules.figures, name="transparency"),
    path("accounts/reports/", reporting.my_reports, name="my_reports"),
    path("accounts/cases/<int:case_id>/", cases.show, name="case"),
    path("accounts/decisions/", decisions.decisions, name="decisions"),
    path("accounts/decisions/<int:decision_id>/", decisions.decision, name="decision"),
    path("accounts/decisions/<str:secret>/", decisions.decision_by_pass, name="decision_by_pass"),
    path("accounts/suspended/<str:secret>/", decisions.suspended, name="suspended"),
    # For machines
    path("feeds/reviews.rss", ReviewsFeed(), name="reviews_feed"),
    path("feeds/articles.rss", ArticlesFeed(), name="articles_feed"),
    path("feeds/articles/<slug:kind>.rss", ArticlesOfAKindFeed(), name="articles_kind_feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("sitemaps/pages.xml", machines.sitemap_pages, name="sitemap_pages"),
    path("sitemaps/<str:name>-<int:number>.xml", machines.sitemap_section, name="sitemap_section"),
    path("robots.txt", machines.robots, name="robots"),
    path("opensearch.xml", machines.opensearch, name="opensearch"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("oembed", machines.oembed, name="oembed"),
]

urlpatterns = [
    path("", include((catalogue, "films"))),
    path("", include((community, "reviews"))),
]
