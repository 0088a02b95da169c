"""All endpoints of version 1."""

from django.http import Http404
from django.urls import URLPattern, path, reverse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoint import Endpoint
from accounts.api.permissions import AnyoneReads
from accounts.api.urls import urlpatterns as of_accounts
from config.api.errors import Moved
from films.api.urls import urlpatterns as of_films
from reviews.api import (
    afar,
    apart,
    articles,
    calendar,
    charts,
    collections,
    comments,
    copies,
    devices,
    diary,
    drafts,
    elsewhere,
    entries,
    essay_drafts,
    essays,
    exporting,
    favourites,
    feed,
    films,
    following,
    goals,
    guidance,
    house,
    imports,
    lists,
    marks,
    match,
    members,
    moderation,
    notifications,
    open_data,
    players,
    private_notes,
    recommending,
    reviews,
    scores,
    screenings,
    search,
    searches,
    shelf,
    stats,
    tags,
    tips,
    tonight,
    tonight_hosting,
)

app_name = "api"


LISTS = (
    "films", "people", "awards", "collections", "charts", "leaving_soon", "calendar", "screenings", "reviews", "lists",
    "essays", "articles", "search", "diary", "house", "me",
)  # fmt: skip


@extend_schema(exclude=True)
class Root(Endpoint):
    """Where to begin."""

    permission_classes = [AnyoneReads]

    def get(self, request: Request) -> Response:
        places = {name: f"api:{name}" for name in LISTS} | {"docs": "api_docs", "schema": "api_schema"}
        return Response({name: request.build_absolute_uri(reverse(place)) for name, place in places.items()})


@extend_schema(exclude=True)
class Nowhere(Endpoint):
    """An address that there is not, told in the API's own way.

    One without its last slash leads to the one with it: by 308 where something is sent, which would be lost by 301.
    """

    permission_classes = []

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request)
        if not request.path.endswith("/"):
            raise Moved(request.build_absolute_uri(request._request.get_full_path(force_append_slash=True)))
        raise Http404

    def get(self, request: Request, rest: str) -> Response:
        raise Http404


urlpatterns: list[URLPattern] = [
    path("", Root.as_view(), name="root"),
    path("films/", films.Films.as_view(), name="films"),
    path("films/<str:slug>/", films.FilmOfOne.as_view(), name="film"),
    *of_films,
    path("films/<str:slug>/reviews/", films.FilmReviews.as_view(), name="film_reviews"),
    path("charts/", charts.Charts.as_view(), name="charts"),
    path("charts/<str:name>/", charts.ChartPlaces.as_view(), name="chart"),
    path("films/<str:slug>/score/", scores.FilmScore.as_view(), name="film_score"),
    path("films/<str:slug>/guidance/", guidance.FilmGuidance.as_view(), name="film_guidance"),
    path("films/<str:slug>/friends/", feed.FilmFriends.as_view(), name="film_friends"),
    path("films/<str:slug>/comments/", comments.FilmComments.as_view(), name="film_comments"),
    path("films/<str:slug>/subscription/", comments.FilmFollowing.as_view(), name="film_subscription"),
    path("films/<str:slug>/report/", moderation.FilmReport.as_view(), name="film_report"),
    path("films/<str:slug>/me/", films.FilmMe.as_view(), name="film_me"),
    path("films/<str:slug>/similar/", recommending.FilmSimilar.as_view(), name="film_similar"),
    path("films/<str:slug>/recommended/<str:username>/", tips.FilmTip.as_view(), name="film_tip"),
    path("films/<str:slug>/mute/", apart.FilmMuting.as_view(), name="film_mute"),
    # Reviews and comments
    path("reviews/", reviews.ReviewList.as_view(), name="reviews"),
    path("reviews/<int:pk>/", reviews.ReviewDetail.as_view(), name="review"),
    path("reviews/<int:pk>/comments/", comments.ReviewComments.as_view(), name="review_comments"),
    path("reviews/<int:pk>/subscription/", comments.ReviewFollowing.as_view(), name="review_subscription"),
    path("reviews/<int:pk>/like/", reviews.ReviewLiking.as_view(), name="review_like"),
    path("reviews/<int:pk>/pin/", reviews.ReviewPinning.as_view(), name="review_pin"),
    path("reviews/<int:pk>/report/", moderation.ReviewReport.as_view(), name="review_report"),
    path("comments/<int:pk>/", comments.CommentDetail.as_view(), name="comment"),
    path("comments/<int:pk>/takedown/", comments.CommentTakedown.as_view(), name="comment_takedown"),
    # Lists
    path("lists/", lists.Lists.as_view(), name="lists"),
    path("lists/<int:pk>/", lists.ListDetail.as_view(), name="list"),
    path("lists/<int:pk>/comments/", comments.ListComments.as_view(), name="list_comments"),
    path("lists/<int:pk>/subscription/", comments.ListFollowing.as_view(), name="list_subscription"),
    path("lists/<int:pk>/entries/", entries.Entries.as_view(), name="list_entries"),
    path("lists/<int:pk>/entries/<int:entry>/", entries.Entry.as_view(), name="list_entry"),
    path("lists/<int:pk>/order/", entries.Order.as_view(), name="list_order"),
    path("lists/<int:pk>/like/", lists.ListLiking.as_view(), name="list_like"),
    path("lists/<int:pk>/clone/", lists.ListCloning.as_view(), name="list_clone"),
    path("lists/<int:pk>/collaborators/", entries.Collaborators.as_view(), name="list_collaborators"),
    path(
        "lists/<int:pk>/collaborators/<str:username>/", entries.CollaboratorDetail.as_view(), name="list_collaborator"
    ),
    path("films/<str:slug>/lists/", lists.FilmLists.as_view(), name="film_lists"),
    path("members/<str:username>/lists/", lists.MemberLists.as_view(), name="member_lists"),
    path("comments/<int:pk>/report/", moderation.CommentReport.as_view(), name="comment_report"),
    # Your diary
    path("diary/", diary.Diary.as_view(), name="diary"),
    path("diary/<int:pk>/", diary.DiaryLine.as_view(), name="diary_line"),
    # Tonight
    path("tonight/", tonight.Evenings.as_view(), name="evenings"),
    path("tonight/<str:key>/", tonight.OneEvening.as_view(), name="evening"),
    path("tonight/<str:key>/join/", tonight.Joining.as_view(), name="join_evening"),
    path("tonight/<str:key>/picks/", tonight.Picks.as_view(), name="evening_picks"),
    path("tonight/<str:key>/services/", tonight.Having.as_view(), name="evening_services"),
    path("tonight/<str:key>/ready/", tonight.BeingReady.as_view(), name="evening_ready"),
    path("tonight/<str:key>/vetoes/", tonight.Vetoes.as_view(), name="evening_vetoes"),
    path("tonight/<str:key>/shortlist/", tonight_hosting.Shortlisting.as_view(), name="evening_shortlist"),
    path("tonight/<str:key>/draw/", tonight_hosting.Drawing.as_view(), name="evening_draw"),
    path("tonight/<str:key>/watched/", tonight_hosting.Watching.as_view(), name="evening_watched"),
    path("tonight/<str:key>/seats/<int:number>/", tonight_hosting.SeatOfSomebody.as_view(), name="evening_seat"),
    path("tonight/<str:key>/report/", tonight_hosting.EveningReport.as_view(), name="report_evening"),
    path("tonight/<str:key>/seats/<int:number>/report/", tonight_hosting.GuestReport.as_view(), name="report_guest"),
    path("tonight/<str:key>/end/", tonight_hosting.Ending.as_view(), name="end_evening"),
    # Essays
    path("essays/", essays.Essays.as_view(), name="essays"),
    path("essays/<int:pk>/", essays.EssayDetail.as_view(), name="essay"),
    path("essays/<int:pk>/comments/", comments.EssayComments.as_view(), name="essay_comments"),
    path("essays/<int:pk>/subscription/", comments.EssayFollowing.as_view(), name="essay_subscription"),
    path("essays/<int:pk>/like/", essays.EssayLiking.as_view(), name="essay_like"),
    path("essays/<int:pk>/report/", moderation.EssayReport.as_view(), name="essay_report"),
    # Articles
    path("articles/", articles.ArticleList.as_view(), name="articles"),
    path("articles/<str:slug>/", articles.ArticleDetail.as_view(), name="article"),
    path("articles/<str:slug>/comments/", comments.ArticleComments.as_view(), name="article_comments"),
    path("articles/<str:slug>/subscription/", comments.ArticleFollowing.as_view(), name="article_subscription"),
    # What the house itself says
    path("house/", house.House.as_view(), name="house"),
    path("house/pages/<str:slug>/", house.HousePageDetail.as_view(), name="house_page"),
    path("house/notices/", house.HouseNotices.as_view(), name="house_notices"),
    path("house/notices/<int:pk>/away/", house.NoticeAway.as_view(), name="put_notice_away"),
    # Collections
    path("collections/", collections.CollectionList.as_view(), name="collections"),
    path("collections/<str:slug>/", collections.CollectionDetail.as_view(), name="collection"),
    # Members
    path("members/<str:username>/", members.MemberDetail.as_view(), name="member"),
    path("members/<str:username>/diary/", members.MemberDiary.as_view(), name="member_diary"),
    path("members/<str:username>/reviews/", members.MemberReviews.as_view(), name="member_reviews"),
    path("members/<str:username>/watchlist/", members.MemberWatchlist.as_view(), name="member_watchlist"),
    path("members/<str:username>/ratings/", marks.MemberRatings.as_view(), name="member_ratings"),
    path("members/<str:username>/likes/", marks.MemberLikes.as_view(), name="member_likes"),
    path("members/<str:username>/shelf/", shelf.MemberShelf.as_view(), name="member_shelf"),
    path("members/<str:username>/followers/", members.Followers.as_view(), name="member_followers"),
    path("members/<str:username>/following/", members.Followed.as_view(), name="member_following"),
    path("members/<str:username>/tags/", tags.MemberTags.as_view(), name="member_tags"),
    path("members/<str:username>/stats/", stats.MemberStats.as_view(), name="member_stats"),
    path("members/<str:username>/match/", match.MemberMatch.as_view(), name="member_match"),
    path("members/<str:username>/activity/", feed.MemberActivity.as_view(), name="member_activity"),
    path("me/feed/", feed.Feed.as_view(), name="feed"),
    path("members/<str:username>/follow/", following.Following.as_view(), name="follow"),
    path("members/<str:username>/block/", apart.Blocking.as_view(), name="block"),
    path("members/<str:username>/mute/", apart.Muting.as_view(), name="mute"),
    path("me/", following.Me.as_view(), name="me"),
    path("me/recommendations/", recommending.Recommendations.as_view(), name="recommendations"),
    path("me/recommendations/circle/", recommending.FromCircle.as_view(), name="recommendations_of_circle"),
    path("me/recommendations/dismissed/", recommending.Dismissals.as_view(), name="dismissals"),
    path("me/recommendations/dismissed/<str:slug>/", recommending.Dismissing.as_view(), name="dismissal"),
    path("me/recommended/", tips.Recommended.as_view(), name="tips"),
    path("me/recommended/given/", tips.RecommendedByMe.as_view(), name="tips_given"),
    path("me/recommended/<int:pk>/report/", moderation.TipReport.as_view(), name="tip_report"),
    path("me/import/", imports.Imports.as_view(), name="imports"),
    path("me/import/<int:pk>/", imports.OneImport.as_view(), name="import"),
    path("me/import/<int:pk>/rows/", imports.ImportRows.as_view(), name="import_rows"),
    path("me/import/<int:pk>/rows/<int:row>/", imports.OneImportRow.as_view(), name="import_row"),
    path("me/import/<int:pk>/commit/", imports.TakingIn.as_view(), name="take_import_in"),
    path("me/import/<int:pk>/undo/", imports.Undoing.as_view(), name="undo_import"),
    path("me/essay-drafts/", essay_drafts.EssayDrafts.as_view(), name="essay_drafts"),
    path("me/essay-drafts/<int:pk>/", essay_drafts.EssayDraft.as_view(), name="essay_draft"),
    path("me/drafts/", drafts.Drafts.as_view(), name="drafts"),
    path("me/drafts/<str:slug>/", drafts.OneDraft.as_view(), name="draft"),
    path("me/notes/", private_notes.PrivateNotes.as_view(), name="notes"),
    path("me/notes/<str:slug>/", private_notes.OnePrivateNote.as_view(), name="note"),
    path("me/shelf/", shelf.Shelf.as_view(), name="shelf"),
    path("me/shelf/<int:pk>/", shelf.OneCopy.as_view(), name="copy"),
    path("me/marks/", marks.OwnMarks.as_view(), name="own_marks"),
    path("me/calendar/", calendar.MyCalendar.as_view(), name="own_calendar"),
    path("me/goals/<int:year>/", goals.OneGoal.as_view(), name="goal"),
    path("me/cautions/", guidance.Cautions.as_view(), name="cautions"),
    path("me/searches/", searches.Searches.as_view(), name="searches"),
    path("me/searches/<int:pk>/", searches.OneSearch.as_view(), name="saved_search"),
    path("me/elsewhere/", elsewhere.OwnStanding.as_view(), name="elsewhere"),
    path("me/elsewhere/following/", afar.FollowedElsewhere.as_view(), name="following_elsewhere"),
    path("me/elsewhere/following/<int:pk>/", afar.OneFollowedElsewhere.as_view(), name="followed_elsewhere"),
    path("me/elsewhere/words/", afar.WordsElsewhere.as_view(), name="words_elsewhere"),
    path("me/elsewhere/followers/", elsewhere.Followers.as_view(), name="distant_followers"),
    path("me/elsewhere/followers/<int:pk>/", elsewhere.OneFollower.as_view(), name="distant_follower"),
    path("me/players/", players.Players.as_view(), name="players"),
    path("me/players/<int:pk>/", players.OnePlayer.as_view(), name="player"),
    path("me/players/<int:pk>/playings/", players.Playings.as_view(), name="playings"),
    path("me/players/<int:pk>/playings/<int:number>/", players.OnePlaying.as_view(), name="playing"),
    path("me/favourites/", favourites.Favourites.as_view(), name="favourites"),
    path("me/requests/", following.Requests.as_view(), name="follow_requests"),
    path("me/requests/<str:username>/", following.RequestAnswer.as_view(), name="follow_request"),
    path("me/followers/<str:username>/", following.OwnFollower.as_view(), name="own_follower"),
    path("members/<str:username>/report/", moderation.MemberReport.as_view(), name="member_report"),
    path("lists/<int:pk>/report/", moderation.ListReport.as_view(), name="list_report"),
    # What moderators do
    path("me/reports/", moderation.MyReports.as_view(), name="my_reports"),
    path("me/decisions/", moderation.MyDecisions.as_view(), name="my_decisions"),
    path("me/decisions/<int:pk>/appeal/", moderation.DecisionAppeal.as_view(), name="decision_appeal"),
    path("transparency/", moderation.Transparency.as_view(), name="transparency"),
    # What comes out
    path("calendar/", calendar.Calendar.as_view(), name="calendar"),
    # What the house shows
    path("screenings/", screenings.Screenings.as_view(), name="screenings"),
    path("screenings/<int:pk>/", screenings.OneScreening.as_view(), name="screening"),
    path("screenings/<int:pk>/me/", screenings.MyWord.as_view(), name="screening_word"),
    *of_accounts,
    # What you take along
    path("me/export/", exporting.MyExport.as_view(), name="export"),
    path("me/export/file/", exporting.MyExportFile.as_view(), name="export_file"),
    path("me/export/copies/", copies.MyCopies.as_view(), name="copies"),
    # What is public, as files
    path("open-data/", open_data.OpenData.as_view(), name="open_data"),
    # What you are told
    path("me/notifications/", notifications.Notifications.as_view(), name="notifications"),
    path("me/notifications/<int:pk>/", notifications.OneNotification.as_view(), name="notification"),
    path("me/notifications/read/", notifications.ReadAll.as_view(), name="read_notifications"),
    path("me/notifications/choices/", notifications.NoticeChoices.as_view(), name="notice_choices"),
    path("me/devices/", devices.Devices.as_view(), name="devices"),
    path("me/devices/<int:pk>/", devices.OneDevice.as_view(), name="device"),
    # Search
    path("search/", search.Search.as_view(), name="search"),
    path("search/suggest/", search.Suggest.as_view(), name="suggest"),
    path("<path:rest>/", Nowhere.as_view()),
    path("<path:rest>", Nowhere.as_view()),
]
