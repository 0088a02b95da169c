"""The pages of a member's own account, and of what members recommend to each other: a part of `tests.walk`."""

from typing import Final

ACCOUNT: Final = (
    ("recommend a film", "/films/{next}/recommend/"),
    ("recommend a film, nobody found", "/films/{next}/recommend/?q=zzzz"),
    ("recommended to one", "/recommended/"),
    ("recommended to one, and seen", "/recommended/?seen=1"),
    ("recommended by one", "/recommended/by-you/"),
    ("one of what is recommended to one", "/recommended/{tip}/"),
    ("one of what one recommends", "/recommended/{given}/"),
    ("report what is recommended", "/recommended/{tip}/report/"),
    ("a film that is recommended to one", "/films/{far}/"),
    ("data", "/accounts/data/"),
    ("delete the account", "/accounts/data/deletion/"),
    ("tokens", "/accounts/tokens/"),
    ("apps", "/accounts/apps/"),
    ("an app of one's own", "/accounts/apps/{app}/"),
    ("register an app", "/accounts/apps/registration/"),
    ("webhooks", "/accounts/webhooks/"),
    ("a webhook", "/accounts/webhooks/{webhook}/"),
    ("register a webhook", "/accounts/webhooks/registration/"),
    (
        "let an app in",
        "/identity/o/authorize?client_id={app_of_fay}&response_type=code&state=s"
        "&scope=openid+profile+email+read+write&redirect_uri=https%3A%2F%2Frows.example.org%2Fback",
    ),
    ("players", "/accounts/players/"),
    ("add a player", "/accounts/players/new/"),
    ("a player", "/accounts/players/{player}/"),
    ("which film it was", "/accounts/players/{player}/playings/{waiting_playing}/?q=reel"),
    ("email", "/accounts/email/"),
    ("password", "/accounts/password/change/"),
    ("second step", "/accounts/2fa/"),
    ("second step, app", "/accounts/2fa/totp/activate/"),
    ("second step, codes", "/accounts/2fa/recovery-codes/generate/"),
    ("second step, keys", "/accounts/2fa/webauthn/"),
    ("second step, new key", "/accounts/2fa/webauthn/add/"),
    ("devices", "/accounts/sessions/"),
    ("log out", "/accounts/logout/"),
)
