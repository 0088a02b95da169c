"""All settings, from the environment (`.env.example` lists them), safe by default."""

import secrets
import sys
from pathlib import Path

from config import addresses, database, embedded, env, languages, logs
from config.api.description import SETTINGS as SCHEMA_SETTINGS
from config.content_policy import content_policy

BASE_DIR = env.BASE_DIR
env.read_dotenv(Path(env.text("ENV_FILE", str(BASE_DIR / ".env"))))

DATA_DIR = database.data_dir()
DATA_DIR.mkdir(parents=True, exist_ok=True)


def kept_secret(path: Path) -> str:
    """The key in a file that only the owner may read, made on first use."""
    if not path.exists():
        unfinished = path.with_suffix(f".{secrets.token_hex(4)}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(unfinished)
        except FileExistsError:  # another process was quicker
            pass
        unfinished.unlink()
    if key := path.read_text().strip():
        return key
    raise env.BadSetting(f"{path} is empty: put its copy there, or delete it and have another one made")


DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY") or kept_secret(DATA_DIR / "secret_key")
SITE_NAME = addresses.name()
SITE_URL, SITE_HOST = addresses.site()
HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = addresses.hosts(SITE_HOST)
SIGNUP = env.choice("SIGNUP", ("open", "invite", "closed"), "open")
LOGIN_SERVICES = addresses.login_services()

INSTALLED_APPS = [
    "reviews",
    "films",
    "accounts",
    "config.admin.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.headless",
    "allauth.idp.oidc",
    "rest_framework",
    "corsheaders",
    "drf_spectacular",
    "django_htmx",
    "procrastinate.contrib.django",
]
if LOGIN_SERVICES:
    INSTALLED_APPS += ["allauth.socialaccount", *(f"allauth.socialaccount.providers.{name}" for name in LOGIN_SERVICES)]

MIDDLEWARE = [
    "config.request_log.RequestLog",
    "corsheaders.middleware.CorsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.headers.Headers",
    "config.compress.Compress",
    "config.unchanged.Unchanged",
    "config.kept_pages.KeptPages",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.unreadable.Unreadable",
    "config.vanished.Vanished",
    "reviews.refusing.SayWhenToGoOn",
    "config.replica.ReadFromReplica",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.house",
                "reviews.context.own_words",
            ],
        },
    }
]

PROCESS = env.text("INTERMISSION_PROCESS")
DATABASE_URL, BEHIND_POOLER = database.address(PROCESS)
KEPT_OPEN = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
DATABASES = {
    "default": database.parse(
        DATABASE_URL or embedded.start(DATA_DIR / "postgres"), database.limits(PROCESS), pooler=BEHIND_POOLER
    )
    | KEPT_OPEN
}
if REPLICA_URL := env.text("REPLICA_URL"):
    DATABASES["replica"] = database.replica(REPLICA_URL, PROCESS) | KEPT_OPEN
    DATABASE_ROUTERS = ["config.replica.Router"]
# Megabytes of memory in which each process of the server keeps pages, and parts of them; 0 for none.
PAGES_KEPT_MB = env.number("PAGES_KEPT_MB", 0 if DEBUG else 64)
STAMPS_FILE = addresses.stamps_file(DATA_DIR)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": addresses.cache(env.text("CACHE_URL"))}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "config.jobs.prepare"

SESSION_ENGINE = "accounts.sessions"
AUTH_USER_MODEL = "accounts.User"
# Usernames are unique whatever their case, by a constraint on upper(username) that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["accounts.backends.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# Members log in and sign up through allauth. Its limits on guessing are its own defaults; they count in the cache.
EMAIL_URL = env.text("EMAIL_URL")
# A stranger can have these two sent to anybody, so of each an address gets so many in an hour and in a day.
ACCOUNT_RATE_LIMITS = {
    "reset_password": "20/m/ip,5/m/key,10/h/key,20/d/key",
    "confirm_email": "1/10s/key,10/h/key,20/d/key",
}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_URL else "optional"  # mandatory also hides whose email is known
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = bool(EMAIL_URL)
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.invited.InvitedForm"
SOCIALACCOUNT_ADAPTER = "accounts.social_adapter.SocialAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "accounts.forms.AuthenticateForm",
    "reauthenticate": "accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "accounts.forms.ActivateTOTPForm",
    "add_webauthn": "accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "accounts.forms.EditWebAuthnForm",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# The proxies in front, which alone may say who the client is. With https there is one, for the site itself speaks http.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1 if HTTPS else 0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_ALLOW_UNVERIFIED_EMAIL = not EMAIL_URL
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
HEADLESS_CLIENTS = ("app",)
# Members let in apps of others by OpenID Connect, which allauth speaks.
IDP_OIDC_ADAPTER = "accounts.identity.IdentityAdapter"
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 90 * 24 * 3600  # seconds; each use begins them anew
SOCIALACCOUNT_PROVIDERS = LOGIN_SERVICES

MAILERS = {"default": addresses.mailer(EMAIL_URL)}
DEFAULT_FROM_EMAIL = SERVER_EMAIL = addresses.sender(SITE_NAME, SITE_HOST)

LANGUAGES = languages.spoken()
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = languages.catalogues(LANGUAGES, DATA_DIR)
USE_I18N = languages.are_looked_up(LANGUAGES)
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = "UTC"
USE_TZ = True
HOUSE_TIME_ZONE = env.time_zone("HOUSE_TIME_ZONE", TIME_ZONE)  # of the clock on its wall, by which it shows films

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600  # of files without a hash in their name; those with one are kept for ever
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL, MEDIA_ORIGINS = addresses.media()
STORAGES = {
    "default": addresses.media_storage(env.text("S3_BUCKET")),
    "private": addresses.private_storage(env.text("S3_BUCKET"), DATA_DIR / "private"),
    "staticfiles": {"BACKEND": "config.stylesheets.JoinedStylesheets"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000  # a curator's form of a film with a long cast has over a thousand

SECURE_CSP = content_policy(pictures_from=MEDIA_ORIGINS, forms_lead_to=addresses.login_origins(), https=HTTPS)
EMBEDDER_POLICY = "credentialless" if MEDIA_ORIGINS else "require-corp"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]

LOGGING = logs.configuration(env.choice("LOG_FORMAT", ("json", "plain"), "plain" if sys.stderr.isatty() else "json"))
SENTRY_DSN = env.text("SENTRY_DSN")
addresses.report_errors(SENTRY_DSN)

# For `import_catalogue tmdb --live`; nobody but the tests asks elsewhere.
TMDB_TOKEN = env.text("TMDB_TOKEN")
TMDB_ADDRESS = "https://api.themoviedb.org/3"
TMDB_PICTURES = "https://image.tmdb.org/t/p"
# Whether webhooks may lead to addresses of the host's own network.
WEBHOOKS_PRIVATE = env.flag("WEBHOOKS_PRIVATE", False)
# Whether members can be followed from other servers, and whether these may stand in the host's own network.
FEDERATION = addresses.federation(https=HTTPS)
FEDERATION_PRIVATE = env.flag("FEDERATION_PRIVATE", False)
# How many ratings a film needs before its average is shown.
RATINGS_FOR_AVERAGE = env.number("RATINGS_FOR_AVERAGE", 3)
# Whether what is public is written into files every night, for whoever wants them (docs/open-data.md).
OPEN_DATA = env.flag("OPEN_DATA", False)
# How many requests to the API in five minutes: a member with all their programs, and an address without a log-in.
API_REQUESTS_MEMBER = env.number("API_REQUESTS_MEMBER", 1500)
API_REQUESTS_ANONYMOUS = env.number("API_REQUESTS_ANONYMOUS", 300)
# As many votes of the site's mean rating does a film's weighted rating begin with.
WEIGHTED_PRIOR = env.number("WEIGHTED_PRIOR", 10)

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.api.authentication.PersonalToken",
        "accounts.api.authentication.AppToken",
        "accounts.api.authentication.AppSession",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.api.permissions.AnyoneReads"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.api.throttling.Requests"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.api.reading.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "films.api.paging.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "config.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "config.api.errors.answer_error",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "TEST_REQUEST_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}
# Pages of other sites may ask the API, by tokens that they were given. The session's cookie they cannot use: it is not
# sent along, and without it they see what everybody sees.
CORS_URLS_REGEX = r"^/(api/v1|api/schema|identity/o/api|\.well-known)/"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_ALLOW_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "idempotency-key", "if-match", "if-none-match"]
CORS_EXPOSE_HEADERS = ["etag", "last-modified", "location", "retry-after"]
CORS_PREFLIGHT_MAX_AGE = 24 * 3600  # seconds
SPECTACULAR_SETTINGS = SCHEMA_SETTINGS | {"TITLE": SITE_NAME}
