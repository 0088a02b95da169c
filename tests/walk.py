"""Every page of the site with something on it, for the tests that look at all of them.

An address has names of `tests.house` in braces. `who` is a name of the house, or nobody.
"""

from typing import NamedTuple

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client
from django.utils import timezone

from tests.house import House
from tests.walk_account import ACCOUNT
from tests.walk_essays import ESSAYS, OWN_ESSAYS
from tests.walk_house import SAID, SAID_TO_OTHERS
from tests.walk_lists import LISTS, OWN_LISTS


class Page(NamedTuple):
    name: str
    address: str
    who: str = ""
    status: int = 200


VISITOR = (
    Page("home", "/"),
    Page("browse", "/films/"),
    Page("browse narrowed", "/films/?genre=action&from=2010&to=2019&sort=title"),
    Page("browse, nothing found", "/films/?genre=war&from=1890&to=1899"),
    Page("film", "/films/{film}/"),
    Page("film of which little is known", "/films/{plain}/"),
    Page("a film's reviews", "/films/{film}/reviews/"),
    Page("a film's talk", "/films/{film}/talk/"),
    Page("a film of which nobody talks", "/films/{plain}/talk/"),
    Page("a film's score", "/films/{film}/score/"),
    Page("a score of nothing", "/films/{plain}/score/"),
    Page("what is in a film", "/films/{film}/guidance/"),
    Page("a film's credits", "/films/{film}/credits/"),
    Page("a film's sources", "/films/{film}/sources/"),
    Page("person", "/people/{person}/"),
    Page("actor", "/people/{actor}/"),
    Page("artist", "/artists/{artist}/"),
    Page("company", "/companies/{company}/"),
    Page("franchise", "/franchises/{franchise}/"),
    Page("collections", "/collections/"),
    Page("collection", "/collections/{collection}/"),
    Page("awards", "/awards/"),
    Page("award", "/awards/academy-awards/"),
    Page("award, one year", "/awards/academy-awards/2018/"),
    Page("charts", "/charts/"),
    Page("chart", "/charts/top/"),
    Page("chart of a genre", "/charts/popular-ever/?genre=action&decade=2010s"),
    Page("chart with nothing on it", "/charts/divisive/"),
    Page("leaving soon", "/leaving-soon/"),
    Page("leaving soon, of one service", "/leaving-soon/?service=netflix"),
    Page("leaving soon, nothing there", "/leaving-soon/?country=ZZ"),
    Page("calendar", "/calendar/"),
    Page("calendar, a week of everything", "/calendar/?by=week&show=all&country=GB"),
    Page("calendar, nothing there", "/calendar/?country=ZZ&on=1990-01-01"),
    Page("search", "/search/"),
    Page("search, films", "/search/?q=baby"),
    Page("search, people", "/search/?q=wright&kind=people"),
    Page("search, members", "/search/?q=ana&kind=members"),
    Page("search, reviews", "/search/?q=exact&kind=reviews"),
    Page("search, articles", "/search/?q=counting&kind=articles"),
    Page("search, nothing found", "/search/?q=zzzzz"),
    Page("review", "/reviews/{public}/"),
    Page("review with talk", "/reviews/{of_bea}/"),
    *(Page(name, address) for name, address in LISTS),
    *(Page(name, address) for name, address in ESSAYS),
    Page("articles", "/articles/"),
    Page("articles of a kind", "/articles/?kind=news"),
    Page("article", "/articles/{article}/"),
    Page("article of a critic elsewhere", "/articles/{critique}/"),
    Page("member", "/members/{ana}/"),
    Page("member with little", "/members/{dora}/"),
    Page("diary", "/members/{ana}/diary/"),
    Page("member's reviews", "/members/{ana}/reviews/"),
    Page("ratings", "/members/{ana}/ratings/"),
    Page("films seen", "/members/{ana}/films/"),
    Page("watchlist", "/members/{ana}/watchlist/"),
    Page("likes", "/members/{ana}/likes/"),
    Page("stats", "/members/{ana}/stats/"),
    Page("stats of a year", "/members/{ana}/stats/2024/"),
    Page("part of a diary", "/members/{ana}/diary/?on=2024-01&stars=5"),
    Page("followers", "/members/{ana}/followers/"),
    Page("following", "/members/{ana}/following/"),
    Page("empty diary", "/members/{dora}/diary/"),
    Page("private member", "/members/{ivy}/"),
    Page("activity", "/members/{ana}/activity/"),
    *(Page(*place) for place in SAID),
    Page("a decision, by the address in a mail", "/accounts/decisions/{pass}/"),
    Page("open data", "/open-data/"),
    Page("api", "/api/docs/"),
    Page("log in", "/accounts/login/"),
    Page("sign up", "/accounts/signup/"),
    Page("reset password", "/accounts/password/reset/"),
    Page("reset password, sent", "/accounts/password/reset/done/"),
    Page("reset password, old link", "/accounts/password/reset/key/1-set-password/"),
    Page("reset password, done", "/accounts/password/reset/key/done/"),
    Page("suspended", "/accounts/inactive/"),
    Page("confirm email, sent", "/accounts/confirm-email/"),
    Page("confirm email, old link", "/accounts/confirm-email/nonsense/"),
    Page("unsubscribe", "/accounts/notifications/unsubscribe/{unsubscribing}/"),
    Page("an evening, its door", "/tonight/{evening_key}/"),
    Page("an evening, its door closed", "/tonight/{drawn_key}/", status=404),
    Page("nothing there", "/nothing/at/all/", status=404),
)

MEMBER = tuple(
    Page(name, address, "ana")
    for name, address in (
        ("home", "/"),
        ("browse", "/films/"),
        ("film", "/films/{film}/"),
        ("film, nothing said", "/films/{quiet}/"),
        ("film with an incident", "/films/{stormy}/"),
        ("score with an incident", "/films/{stormy}/score/"),
        ("franchise", "/franchises/{franchise}/"),
        ("collection", "/collections/{collection}/"),
        ("award, one year", "/awards/academy-awards/2018/"),
        ("charts", "/charts/"),
        ("chart", "/charts/popular-week/"),
        ("leaving soon", "/leaving-soon/"),
        ("for you", "/for-you/"),
        ("what was dismissed", "/for-you/dismissed/"),
        ("log a film", "/search/?for=log"),
        ("write", "/films/{quiet}/review/"),
        ("log", "/films/{quiet}/log/"),
        ("a line of the diary", "/diary/{viewing}/edit/"),
        ("delete a line", "/diary/{viewing}/deletion/"),
        ("own diary", "/members/{ana}/diary/"),
        ("own year", "/members/{ana}/stats/2024/"),
        ("draft", "/films/{film}/review/"),
        ("drafts", "/accounts/drafts/"),
        ("note", "/films/{film}/note/"),
        ("notes", "/accounts/notes/"),
        ("notes, nothing found", "/accounts/notes/?q=zzzz"),
        ("searches", "/accounts/searches/"),
        ("goal", "/accounts/goals/2024/"),
        ("edit", "/reviews/{public}/edit/"),
        ("delete", "/reviews/{public}/deletion/"),
        ("own review", "/reviews/{public}/"),
        ("removed review", "/reviews/{removed}/"),
        ("private review", "/reviews/{private}/"),
        ("review with talk", "/reviews/{of_bea}/"),
        ("reply", "/reviews/{of_bea}/?reply={comment}"),
        ("report", "/reviews/{of_bea}/report/"),
        *OWN_LISTS,
        *OWN_ESSAYS,
        ("a film's talk", "/films/{film}/talk/"),
        ("a film's talk, answering", "/films/{film}/talk/?reply={talk}"),
        ("article", "/articles/{article}/"),
        ("report a member", "/members/{fay}/report/"),
        ("report a list", "/lists/{wall}/report/"),
        ("report a film", "/films/{film}/report/"),
        ("reports, none", "/accounts/reports/"),
        ("case about one's own", "/accounts/cases/{case}/"),
        ("decisions", "/accounts/decisions/"),
        ("decision", "/accounts/decisions/{decision}/"),
        ("decision with an appeal", "/accounts/decisions/{appealed}/"),
        ("edit comment", "/comments/{comment}/edit/"),
        ("delete comment", "/comments/{comment}/deletion/"),
        ("own page", "/members/{ana}/"),
        ("tag", "/tags/Songs/"),
        ("tag of lists", "/tags/songs/?kind=lists"),
        ("own tags", "/members/{ana}/tags/"),
        ("own tag", "/members/{ana}/tags/songs/"),
        ("somebody else's page", "/members/{fay}/"),
        ("notifications", "/accounts/notifications/"),
        ("notice choices", "/accounts/notifications/choices/"),
        ("tonight", "/tonight/"),
        ("an evening, choosing", "/tonight/{evening_key}/?q=reel"),
        ("an evening, striking out", "/tonight/{striking_key}/"),
        ("an evening, drawn", "/tonight/{drawn_key}/"),
        ("favourites", "/accounts/favourites/?q=reel"),
        ("feed of everyone", "/?scope=everyone&kind=reviewed&kind=liked&kind=rated&kind=logged&kind=followed"),
        ("friends on a film", "/films/{film}/friends/"),
        ("muted and blocked", "/accounts/muted/"),
        ("own followers", "/members/{ana}/followers/"),
        ("follow requests, none needed", "/accounts/requests/"),
        ("suggest a correction", "/films/{film}/suggest/?fact=runtime_minutes"),
        ("suggestions", "/accounts/suggestions/"),
        *ACCOUNT,
    )
)
OTHERS = (
    Page("tonight, with a result", "/tonight/", "bea"),
    Page("an evening, logged", "/tonight/{drawn_key}/", "bea"),
    Page("report a guest’s name", "/tonight/{evening_key}/seats/3/report/", "bea"),
    Page("an evening, its door for members", "/tonight/{evening_key}/", "fay"),
    Page("notifications, none", "/accounts/notifications/", "eli"),
    Page("follow requests", "/accounts/requests/", "ivy"),
    Page("private member, asked", "/members/{ivy}/", "fay"),
    Page("in common", "/members/{kay}/match/", "jon"),
    Page("in common, too little", "/members/{fay}/match/", "jon"),
    Page("a member with whom one has something in common", "/members/{kay}/", "jon"),
    Page("for you, too little said", "/for-you/", "fay"),
    Page("nothing dismissed", "/for-you/dismissed/", "fay"),
    Page("for you, switched off", "/for-you/", "dora"),
    Page("suggestions, none", "/accounts/suggestions/", "fay"),
    Page("reports", "/accounts/reports/", "fay"),
    Page("case that one reported", "/accounts/cases/{case}/", "fay"),
    Page("decisions, none", "/accounts/decisions/", "fay"),
    Page("film, own rating held", "/films/{stormy}/", "fay"),
    Page("film, covered", "/films/{film}/", "iris"),
    Page("score, covered", "/films/{film}/score/", "iris"),
    Page("set a password", "/accounts/password/set/", "fay"),
    Page("not for members", "/admin/login/", "fay", status=403),
)
DESKS = (
    *(Page(f"desk: {name}", f"/admin/{name}/", "boss") for name in (
        "", "films", "films/film", "films/person", "films/credit", "films/collection", "films/genre", "films/service",
        "films/conflict", "films/suggestion", "films/duplicate", "films/merge", "films/importrun",
        "films/artist", "films/company", "films/franchise", "films/contentnote", "films/accessfeature",
        "reviews/article", "reviews/document", "reviews/finding", "reviews/report", "reviews/review", "reviews/case",
        "reviews/decision", "reviews/appeal", "reviews/wordrule", "reviews/wordrule/add", "reviews/incident",
        "reviews/incident/dry-run", "reviews/comment", "reviews/filmlist", "reviews/evening", "reviews/departure",
        "reviews/edition", "reviews/contentcount", "accounts/user", "accounts/invite", "auth/group", "films/film/add",
        "reviews/article/add", "films/collection/add", "accounts/invite/add",
    )),
    Page("desk: a film", "/admin/films/film/{film_pk}/change/", "dora"),
    Page("desk: a film's history", "/admin/films/film/{film_pk}/history/", "dora"),
    Page("desk: a film's sources and locks", "/admin/films/film/{film_pk}/sources/", "dora"),
    Page("desk: a film's changes", "/admin/films/film/{film_pk}/changes/", "dora"),
    Page("desk: a film without changes", "/admin/films/film/{plain_pk}/changes/", "dora"),
    Page("desk: a conflict", "/admin/films/conflict/{conflict_pk}/change/", "dora"),
    Page("desk: an import", "/admin/films/importrun/{importrun_pk}/change/", "dora"),
    Page("desk: a suggestion", "/admin/films/suggestion/{suggestion_pk}/change/", "dora"),
    Page("desk: a suggested merge", "/admin/films/suggestion/{suggested_merge_pk}/change/", "dora"),
    Page("desk: two films beside each other", "/admin/films/merge/film/{film_pk}/{other_pk}/", "dora"),
    Page("desk: two people beside each other", "/admin/films/merge/person/{person_pk}/{actor_pk}/", "dora"),
    Page("desk: a merge", "/admin/films/merge/{merge_pk}/change/", "dora"),
    Page("desk: films that may be one", "/admin/films/duplicate/{duplicate_pk}/change/", "dora"),
    Page("desk: a collection", "/admin/films/collection/{collection_pk}/change/", "dora"),
    Page("desk: delete a collection", "/admin/films/collection/{collection_pk}/delete/", "dora"),
    Page("desk: an article", "/admin/reviews/article/{article_pk}/change/", "dora"),
    Page("desk: an article's revisions", "/admin/reviews/article/{article_pk}/revisions/", "dora"),
    Page("desk: a revision", "/admin/reviews/article/{article_pk}/revisions/2/", "dora"),
    Page("desk: a revision of which nothing is kept", "/admin/reviews/article/{news_pk}/revisions/", "dora"),
    Page("article before its time", "/articles/{scheduled}/", "dora"),
    Page("desk: a document", "/admin/reviews/document/{document}/change/", "dora"),
    Page("desk: a finding", "/admin/reviews/finding/{finding}/change/", "dora"),
    Page("desk: a report", "/admin/reviews/report/{report}/change/", "eli"),
    Page("desk: a case", "/admin/reviews/case/{case}/change/", "eli"),
    Page("desk: a case about a member", "/admin/reviews/case/{quiet_case}/change/", "eli"),
    Page("desk: a decision", "/admin/reviews/decision/{decision}/change/", "eli"),
    Page("desk: an appeal", "/admin/reviews/appeal/{appeal}/change/", "boss"),
    Page("desk: a word rule", "/admin/reviews/wordrule/{wordrule}/change/", "eli"),
    Page("desk: an incident", "/admin/reviews/incident/{incident}/change/", "eli"),
    Page("desk: a dry run", "/admin/reviews/incident/dry-run/?film={film}&since=2026-01-01T00:00&end=low", "eli"),
    Page("desk: what members say", "/admin/reviews/contentcount/{contentcount_pk}/change/", "dora"),
    Page("desk: a night of open data", "/admin/reviews/edition/{edition_pk}/change/", "boss"),
    Page("desk: a review", "/admin/reviews/review/{public}/change/", "eli"),
    Page("desk: a list", "/admin/reviews/filmlist/{list}/change/", "eli"),
    Page("desk: a member", "/admin/accounts/user/{ana_pk}/change/", "eli"),
)  # fmt: skip
PAGES = (*VISITOR, *MEMBER, *OTHERS, *DESKS, *(Page(*place) for place in SAID_TO_OTHERS))


def address_of(page: Page, house: House) -> str:
    """Also with `{film_pk}`: the number of something that has a name in its own address."""
    numbers = {f"{name}_pk": str(thing.pk) for name, thing in house.items() if hasattr(thing, "pk")}
    return House(house | numbers).address(page.address).replace("//", "/")


def client_of(who: str, house: House) -> Client:
    """A client in which that member of the house has just logged in, or nobody."""
    client = Client()
    if who:
        client.force_login(house[who])
        log_in_afresh(client)
    return client


def log_in_afresh(client: Client) -> None:
    """allauth asks for the password again where it does not know of a recent log-in. A walk takes longer."""
    session = client.session
    just_now = {"method": "password", "at": timezone.now().timestamp() + 3600, "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [just_now]
    session["account_authentication_methods_user"] = client.session["_auth_user_id"]
    session.save()
