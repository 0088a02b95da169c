"""Addresses of services (`scheme://user:password@host:port/…`) turned into Django's settings for them."""

from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from config import env


def has_port(parts: SplitResult) -> bool:
    """Whether what stands where a port may be is one, or nothing."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def mailer(url: str) -> dict[str, Any]:
    """`smtp://` (with STARTTLS, unless `?tls=no`), `smtps://` (TLS from the start), or nothing: to the terminal."""
    if not url or url.startswith("console:"):
        return {"BACKEND": "config.console_mail.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or not has_port(parts):
        raise env.BadSetting("EMAIL_URL cannot be read: write smtp://user:password@mail.example.org:587")
    secure = parts.scheme == "smtps"
    options = {
        "host": parts.hostname,
        "port": parts.port or (465 if secure else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": secure,
        "use_tls": not secure and dict(parse_qsl(parts.query)).get("tls") != "no",
        "timeout": 10,
    }
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}


def cache(url: str) -> dict[str, Any]:
    """A table of the site's own database, or `redis://…`.

    Limits on sign-in are counted here, so it is shared by all processes and never full: Django's usual 300 entries
    would let anyone push a victim's counter out.
    """
    if not url:
        table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
        return table | {"OPTIONS": {"MAX_ENTRIES": 1_000_000}}
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise env.BadSetting("CACHE_URL cannot be read: write redis://host:6379/0")
    _need("redis", "CACHE_URL")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}


def media_storage(bucket: str) -> dict[str, Any]:
    """Uploads in the data directory, or in a bucket of any S3-compatible store."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    _need("storages", "S3_BUCKET", "django-storages[s3]")
    options = {
        "bucket_name": bucket,
        "endpoint_url": env.text("S3_ENDPOINT") or None,
        "region_name": env.text("S3_REGION") or None,
        "access_key": env.text("S3_ACCESS_KEY") or None,
        "secret_key": env.text("S3_SECRET_KEY") or None,
        "custom_domain": urlsplit(env.text("MEDIA_URL")).netloc or None,
        "querystring_auth": False,
        "file_overwrite": False,
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


def report_errors(dsn: str) -> None:
    """Send errors to Sentry or a service that speaks its language; never what identifies a member."""
    if not dsn:
        return
    _need("sentry_sdk", "SENTRY_DSN", "sentry-sdk")
    import sentry_sdk

    sentry_sdk.init(dsn=dsn, send_default_pii=False)


def login_services() -> dict[str, dict[str, Any]]:
    """The services by which members may log in: those whose client id is set."""
    services: dict[str, dict[str, Any]] = {}
    for name in ("google", "github"):
        if client := env.text(f"{name.upper()}_CLIENT_ID"):
            app = {"client_id": client, "secret": env.text(f"{name.upper()}_CLIENT_SECRET")}
            services[name] = {"APPS": [app], "VERIFIED_EMAIL": True, "OAUTH_PKCE_ENABLED": True}
    if client := env.text("OIDC_CLIENT_ID"):
        oidc: dict[str, Any] = {
            "provider_id": "oidc",
            "name": env.text("OIDC_NAME", "OpenID Connect"),
            "client_id": client,
            "secret": env.text("OIDC_CLIENT_SECRET"),
            "settings": {"server_url": env.text("OIDC_ISSUER")},
        }
        services["openid_connect"] = {"APPS": [oidc], "OAUTH_PKCE_ENABLED": True}
    return services


def login_origins() -> list[str]:
    """Where the log-in forms lead on to: browsers hold the whole way of a form against the CSP's `form-action`."""
    known = {"google": "https://accounts.google.com", "github": "https://github.com"}
    services = login_services()
    origins = [origin for name, origin in known.items() if name in services]
    if "openid_connect" in services:
        issuer = urlsplit(env.text("OIDC_ISSUER"))
        origins.append(f"{issuer.scheme}://{issuer.netloc}")
    return origins


def _need(module: str, setting: str, package: str = "") -> None:
    if not find_spec(module):
        raise env.BadSetting(
            f"{setting} needs a package that is not installed: .venv/bin/pip install {package or module}"
        )
