"""Which pages and API calls `pages` asks for, and what stands in their addresses.

    python -m bench.asked     in the environment of a database: prints JSON for bench/pages.py

Names in braces are found in the database: `{hot}` is the film that everybody talks about, `{film}` a middling one,
`{member}` and `{viewer}` are members of the same size at every scale, `{far:NAME}` what
leads to the five-hundredth page of NAME.
"""

import json
import os
import re
from dataclasses import asdict, dataclass
from typing import Any, Final

FAR: Final = 500  # pages
PAGE: Final = 60  # rows of a page of films
WALK: Final = 100  # rows at a time, on the way there


@dataclass
class Asked:
    name: str
    address: str
    signed_in: bool = False
    sql: int = 0
    is_first: bool = False

    @property
    def title(self) -> str:
        """What PAGES is compared with."""
        return f"in: {self.name}" if self.signed_in else self.name


# How films are listed, of which the first and the five-hundredth page are asked for.
BROWSED: Final = {
    "popular": "",
    "rating": "sort=rating",
    "newest": "sort=newest",
    "title": "sort=title",
    "length": "sort=length",
    "a genre": "genre=drama",
    "genre, rating": "genre=drama&sort=rating",
    "genre, decade, country": "genre=comedy&from=1990&to=1999&country=FR",
    "language, newest": "language=ja&sort=newest",
    "service, at least 3½": "service=lanternlight&min_rating=3.5",
}
OUT: Final = {
    "home": "/",
    "film, hot": "/films/{hot}/",
    "film": "/films/{film}/",
    "film's reviews": "/films/{hot}/reviews/",
    "film's score": "/films/{hot}/score/",
    "film's credits": "/films/{hot}/credits/",
    "person": "/people/{person}/",
    "member": "/members/{member}/",
    "member's diary": "/members/{member}/diary/",
    "member's films": "/members/{member}/films/",
    "review": "/reviews/{review}/",
    "review, hot": "/reviews/{hot_review}/",
    "lists": "/lists/",
    "list": "/lists/{list}/",
    "tag": "/tags/rewatch/",
    "lists with a film": "/films/{hot}/lists/",
    "charts": "/charts/",
    "chart": "/charts/top/",
    "chart, page 5": "/charts/top/?page=5",
    "chart, genre, decade": "/charts/popular-year/?genre=drama&decade=1990s",
    "leaving soon": "/leaving-soon/",
    "search": "/search/?q={words}",
    "search, a typo": "/search/?q={typo}",
    "search, people": "/search/?q={surname}&kind=people",
    "search, reviews": "/search/?q=kitchen+table&kind=reviews",
    "articles": "/articles/",
    "collections": "/collections/",
}
IN: Final = {
    "home: the feed": "/",
    "the feed, everyone's": "/?scope=everyone",
    "film, hot": "/films/{hot}/",
    "film": "/films/{film}/",
    "browse, popular": "/films/",
    "browse, genre, rating": "/films/?genre=drama&sort=rating",
    "chart": "/charts/top/",
    "member": "/members/{member}/",
    "for you": "/for-you/",
    "own page": "/members/{viewer}/",
    "own diary": "/members/{viewer}/diary/",
    "own watchlist": "/members/{viewer}/watchlist/",
    "review": "/reviews/{review}/",
    "list": "/lists/{list}/",
    "search": "/search/?q={words}",
    "notifications": "/accounts/notifications/",
    "tag": "/tags/rewatch/",
    "lists with a film": "/films/{hot}/lists/",
    "the feed, likes and follows": "/?kind=liked_review&kind=liked_list&kind=followed",
}
# Asked for by members who have not been there; others have.
FIRST: Final = {
    "film, hot: a first look": "/films/{hot}/",
    "film: a first look": "/films/{film}/",
    "browse, popular: a first look": "/films/",
    "home: the feed, a first look": "/",
}
MOST_LOOKS: Final = 1500
API: Final = {
    "api films": "/api/v1/films/",
    "api films, genre, rating": "/api/v1/films/?genre=drama&ordering=-rating",
    "api films, search": "/api/v1/films/?search={words}",
    "api film": "/api/v1/films/{hot}/",
    "api film's reviews": "/api/v1/films/{hot}/reviews/",
    "api chart": "/api/v1/charts/top/",
    "api people": "/api/v1/people/",
    "api person": "/api/v1/people/{person}/",
    "api similar films": "/api/v1/films/{hot}/similar/",
    "api reviews": "/api/v1/reviews/",
    "api member": "/api/v1/members/{member}/",
    "api member's diary": "/api/v1/members/{member}/diary/",
    "api lists": "/api/v1/lists/",
    "api search": "/api/v1/search/?q={words}",
    "api search, a typo": "/api/v1/search/?q={typo}",
    "api type-ahead": "/api/v1/search/suggest/?q={begun}",
    "api type-ahead, two letters": "/api/v1/search/suggest/?q={short}",
}
API_IN: Final = {
    "api me": "/api/v1/me/",
    "api feed": "/api/v1/me/feed/",
    "api diary": "/api/v1/diary/",
    "api film": "/api/v1/films/{hot}/",
    "api film, my mark": "/api/v1/films/{hot}/me/",
    "api notifications": "/api/v1/me/notifications/",
    "api reviews": "/api/v1/reviews/",
    "api lists": "/api/v1/lists/",
}
NAMES: Final = {
    "hot": "SELECT slug FROM films_film ORDER BY rating_count DESC, id LIMIT 1",
    "film": """SELECT slug FROM films_film WHERE rating_count > 20 AND review_count > 0
        ORDER BY rating_count, id LIMIT 1""",
    "person": "SELECT slug FROM films_person ORDER BY credit_count DESC, id LIMIT 1 OFFSET 20",
    "member": """SELECT username FROM accounts_user WHERE is_active AND NOT is_private
        AND rating_count BETWEEN 200 AND 500 AND follower_count BETWEEN 10 AND 60 ORDER BY id LIMIT 1""",
    "viewer": """SELECT username FROM accounts_user WHERE is_active AND NOT hides_scores AND NOT is_staff
        AND rating_count > 100 AND following_count BETWEEN 20 AND 60
        AND (SELECT count(*) BETWEEN 40 AND 80 AND count(*) FILTER (WHERE n.read_at IS NULL) BETWEEN 1 AND 9
            FROM reviews_notification n WHERE n.member_id = accounts_user.id)
        ORDER BY id LIMIT 1""",
    "hot_review": """SELECT id FROM reviews_review WHERE visibility = 'public' AND published_at IS NOT NULL
        AND NOT set_aside ORDER BY like_count DESC, id LIMIT 1""",
    "review": """SELECT id FROM reviews_review WHERE visibility = 'public' AND published_at IS NOT NULL
        AND NOT set_aside AND comment_count BETWEEN 3 AND 6 ORDER BY id LIMIT 1""",
    "list": """SELECT id FROM reviews_filmlist WHERE visibility = 'public'
        ORDER BY like_count DESC, film_count DESC, id LIMIT 1""",
    "words": """SELECT title FROM films_film WHERE title ~ '^[A-Za-z ]{12,30}$' AND rating_count > 5
        ORDER BY id LIMIT 1 OFFSET 40""",
    "surname": """SELECT split_part(name, ' ', 2) FROM films_person WHERE name ~ '^[A-Za-z]+ [A-Za-z]+$'
        ORDER BY id LIMIT 1""",
}  # fmt: skip


def pages() -> list[Asked]:
    found = [Asked(name, address) for name, address in OUT.items()]
    for name, query in BROWSED.items():
        found.append(Asked(f"browse, {name}", f"/films/?{query}".rstrip("?")))
        found.append(Asked(f"browse, {name}, page {FAR}", f"/films/?{query}&after={{far:{name}}}".replace("?&", "?")))
    found += [Asked(name, address, signed_in=True) for name, address in IN.items()]
    found.append(Asked(f"browse, popular, page {FAR}", "/films/?after={far:popular}", signed_in=True))
    found += [Asked(name, address, signed_in=True, is_first=True) for name, address in FIRST.items()]
    found += [Asked(name, address) for name, address in API.items()]
    found += [Asked(name, address, signed_in=True) for name, address in API_IN.items()]
    wanted = re.compile(os.environ.get("PAGES", ""))
    return [asked for asked in found if wanted.search(asked.title)]


def _named() -> dict[str, str]:
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name, query in NAMES.items():
            cursor.execute(query)
            row = cursor.fetchone()
            found[name] = str(row[0]) if row else "none"
    words = found["words"]
    found |= {"begun": words[:7], "short": words[:2], "typo": words[:5] + words[6] + words[5] + words[7:]}
    return {name: value.replace(" ", "+") for name, value in found.items()}


def _far(client: Any, query: str) -> str:
    """The cursor of the five-hundredth page, or of the last there is: by following the API's own links. Empty where
    there is but one."""
    from urllib.parse import parse_qs, urlsplit

    address, cursor, rows = f"/api/v1/films/?{query}&page_size={WALK}", "", 0
    while rows < (FAR - 1) * PAGE:
        following = client.get(address).json()["next"]
        if not following:
            break
        parts = urlsplit(following)
        address, cursor, rows = f"{parts.path}?{parts.query}", parse_qs(parts.query)["cursor"][0], rows + WALK
    return cursor[1:]


def _for_programs(query: str) -> str:
    """The same asked of the API, which calls orders and years otherwise."""
    from urllib.parse import parse_qsl, urlencode

    from films.api.film_filters import ORDERS

    names = {"sort": "ordering", "from": "from_year", "to": "to_year"}
    orders = {page: name for name, page in ORDERS.items()}
    return urlencode([(names.get(name, name), orders.get(said, said)) for name, said in parse_qsl(query)])


def _far_cached(client: Any) -> dict[str, str]:
    """Kept beside the data while the schema is the same: it is some minutes' walk."""
    from django.conf import settings
    from django.db.migrations.recorder import MigrationRecorder

    schema = MigrationRecorder.Migration.objects.count()
    kept = settings.DATA_DIR / "far.json"
    known: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    asked = {name: _for_programs(query) for name, query in BROWSED.items()}
    for query in asked.values():
        if (key := f"{query} {schema}") not in known:
            known[key] = _far(client, query)
            kept.write_text(json.dumps(known))
    return {f"far:{name}": known[f"{query} {schema}"] for name, query in asked.items()}


def look() -> dict[str, Any]:
    """Every page with its address and number of queries, and the cookie of a member."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User
    from films.models import Film

    names = _named()
    outside, inside = Client(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    viewer = User.objects.get(username=names["viewer"])
    inside.force_login(viewer)
    wanted = pages()
    if any("{far:" in asked.address for asked in wanted):
        names |= _far_cached(outside)
    found, refused = [], []
    for asked in wanted:
        client = inside if asked.signed_in else outside
        for name, value in names.items():
            asked.address = asked.address.replace(f"{{{name}}}", value)
        asked.address = re.sub(r"[?&]after=$", "", asked.address)  # there is one page of so few
        client.get(asked.address)
        with CaptureQueriesContext(connection) as queries:
            status = client.get(asked.address).status_code
        asked.sql = len(queries)
        if status == 200:
            found.append(asdict(asked))
        else:
            refused.append(f"{asked.name}: {asked.address} is answered with {status}")
    key = inside.cookies[settings.SESSION_COOKIE_NAME].value
    others = _sessions(inside.session) if any(asked.is_first for asked in wanted) else []
    cookie, *cookies = (f"{settings.SESSION_COOKIE_NAME}={each}" for each in (key, *others))
    film = Film.objects.popular().values_list("pk", flat=True)[0]
    return {"pages": found, "refused": refused, "cookie": cookie, "cookies": cookies, "film": film}


def _sessions(pattern: Any) -> list[str]:
    """Of many members; they end within the hour."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.models import User
    from accounts.sessions import SessionStore

    made = []
    members = User.objects.active().filter(following_count__range=(5, 60), hides_scores=False, is_staff=False)
    for member in members.order_by("pk")[:MOST_LOOKS]:
        session = SessionStore()
        session[SESSION_KEY] = str(member.pk)
        session[BACKEND_SESSION_KEY] = pattern[BACKEND_SESSION_KEY]
        session[HASH_SESSION_KEY] = member.get_session_auth_hash()
        session.set_expiry(3600)
        session.save()
        made.append(str(session.session_key))
    return made


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings"}
    import django

    django.setup()
    print(json.dumps(look()))
