"""The pages of a member's own account: the part of `tests.walk` that is about doors and keys."""

from typing import Final

ACCOUNT: Final = (
    ("data", "/accounts/data/"),
    ("delete the account", "/accounts/data/deletion/"),
    ("tokens", "/accounts/tokens/"),
    ("apps", "/accounts/apps/"),
    ("an app of one's own", "/accounts/apps/{app}/"),
    ("register an app", "/accounts/apps/registration/"),
    (
        "let an app in",
        "/identity/o/authorize?client_id={app_of_fay}&response_type=code&state=s"
        "&scope=openid+profile+email+read+write&redirect_uri=https%3A%2F%2Frows.example.org%2Fback",
    ),
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
