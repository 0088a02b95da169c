"""Forms sent with mistakes in them."""

from typing import NamedTuple


class Mistake(NamedTuple):
    """Who sends what, where: an address of tests.house."""

    who: str
    address: str
    sent: dict[str, str]


MISTAKES = (
    Mistake("", "/accounts/login/", {"login": "nobody", "password": "x"}),
    Mistake("", "/accounts/signup/", {"email": "no", "username": "a/b", "password1": "short"}),
    Mistake("", "/accounts/password/reset/", {"email": "no"}),
    Mistake(
        "ana", "/films/{quiet}/review/", {"body": "", "stars": "3.3", "watched_on": "2999-01-01", "visibility": "all"}
    ),
    Mistake("ana", "/reviews/{public}/edit/", {"body": "Newer.", "visibility": "public", "version": "0"}),
    Mistake("ana", "/reviews/{of_bea}/comments/", {"body": " "}),
    Mistake("ana", "/reviews/{of_bea}/report/", {}),
    Mistake("ana", "/comments/{comment}/edit/", {"body": ""}),
    Mistake("ana", "/accounts/settings/profile/", {"website": "no address"}),
    Mistake("ana", "/accounts/settings/username/", {"username": "a/b"}),
    Mistake("ana", "/accounts/settings/picture/", {}),
    Mistake("ana", "/films/{quiet}/suggest/", {"kind": "correction", "fact": "year", "value": "soon"}),
    Mistake("ana", "/films/{quiet}/suggest/", {"kind": "merge", "twin": "Zzzzz"}),
    Mistake("dora", "/admin/films/suggestion/{suggestion}/change/", {"decision": "refuse"}),
    Mistake("ana", "/accounts/tokens/", {"name": ""}),
    Mistake("ana", "/accounts/tokens/", {"name": "A telephone", "scope": "read", "lifetime": "never"}),
    Mistake("ana", "/accounts/password/change/", {"oldpassword": "x", "password1": "y", "password2": "z"}),
    Mistake("ana", "/accounts/email/", {"action_add": "", "email": "no"}),
    Mistake("dora", "/admin/films/film/add/", {"title": ""}),
    Mistake("dora", "/admin/reviews/article/add/", {}),
)
