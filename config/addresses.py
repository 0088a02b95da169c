"""Addresses of services (`scheme://user:password@host:port/…`) turned into Django's settings for them."""

import re
from email.errors import ObsoleteHeaderDefect
from email.headerregistry import Address, AddressHeader
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from config import env

LONGEST_NAME: Final = 50
HOST: Final = re.compile(r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:]+\]")


def has_port(parts: SplitResult) -> bool:
    """Whether what stands where a port may be is one, or nothing."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def is_address(url: str) -> bool:
    """Whether it is one that a browser can open, `http(s)://host`, whatever follows."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and has_port(parts)


def site() -> tuple[str, str]:
    """The site's public address, without a slash at its end, and its host."""
    url = env.text("SITE_URL", f"http://127.0.0.1:{env.text('PORT', '8000')}").rstrip("/")
    if not is_address(url):
        raise env.BadSetting(f"SITE_URL is {url!r}: write https:// and the site's name")
    parts = urlsplit(url)
    own = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    if url != own:
        raise env.BadSetting(f"SITE_URL is {url!r}: write {own}, for the site has a name of its own and no path")
    return url, parts.hostname or ""


def name() -> str:
    """What the house is called; its own account, which has the texts that nobody signed, is called so, too."""
    said = env.text("SITE_NAME", "Intermission")
    if len(said) > LONGEST_NAME or not said.isprintable():
        raise env.BadSetting(
            f"SITE_NAME is {said[:LONGEST_NAME]!r}…: write one line of at most {LONGEST_NAME} characters"
        )
    return said


def hosts(own: str) -> list[str]:
    """The names that the site answers to: its own, those of this machine, and others that are said."""
    others = env.words("ALLOWED_HOSTS")
    for name in others:
        if not HOST.fullmatch(name):
            raise env.BadSetting(f"ALLOWED_HOSTS has {name!r}: write names alone, such as films.example.org")
    return list(dict.fromkeys([own if ":" not in own else f"[{own}]", "127.0.0.1", "localhost", "[::1]", *others]))


def sender(name: str, host: str) -> str:
    """Who mails are from. A name may have commas and quotation marks, which mean something in an address."""
    said = env.text("EMAIL_FROM")
    if not said:
        return str(Address(name, username="noreply", domain=f"[IPv6:{host}]" if ":" in host else host))
    parsed = AddressHeader.value_parser(said)
    wrong = [defect for defect in parsed.all_defects if not isinstance(defect, ObsoleteHeaderDefect)]
    if wrong or len(parsed.all_mailboxes) != 1 or not parsed.all_mailboxes[0].domain:
        raise env.BadSetting(f"EMAIL_FROM is {said!r}: write Intermission <noreply@films.example.org>")
    return said


def media() -> tuple[str, list[str]]:
    """The address below which browsers find uploads, and the hosts that pages may show them from, if not this one."""
    url = env.text("MEDIA_URL", "/media/").rstrip("/") + "/"
    if is_address(url):
        parts = urlsplit(url)
        return url, [f"{parts.scheme}://{parts.netloc}"]
    if url == "/" or not url.startswith("/") or url.startswith("//"):
        raise env.BadSetting(f"MEDIA_URL is {url!r}: write https:// and the bucket's name")
    if env.text("S3_BUCKET"):
        raise env.BadSetting("S3_BUCKET is set, but not from where browsers fetch its files: write MEDIA_URL=https://…")
    return url, []


def stamps_file(data_dir: Path) -> Path:
    """Where the processes of this machine tell each other that something was written; they map it as memory."""
    path = Path(env.text("STAMPS_FILE") or data_dir / "stamps").expanduser().absolute()
    if path.is_dir() or not path.parent.is_dir():
        raise env.BadSetting(f"STAMPS_FILE is {str(path)!r}: write a file in a folder that is there")
    return path


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
        table = {"BACKEND": "config.cache.DatabaseCache", "LOCATION": "cache"}
        return table | {"OPTIONS": {"MAX_ENTRIES": 1_000_000}}
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise env.BadSetting("CACHE_URL cannot be read: write redis://host:6379/0")
    _need("redis", "CACHE_URL")
    return {"BACKEND": "config.cache.RedisCache", "LOCATION": url}


def media_storage(bucket: str) -> dict[str, Any]:
    """Uploads in the data directory, or in a bucket of any S3-compatible store."""
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    address = urlsplit(env.text("MEDIA_URL"))
    public = {
        "custom_domain": f"{address.netloc}{address.path}".rstrip("/") or None,
        "url_protocol": f"{address.scheme}:",
        "querystring_auth": False,
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
    }
    return {"BACKEND": "config.bucket.Bucket", "OPTIONS": _bucket(bucket) | public}


def private_storage(bucket: str, place: Path) -> dict[str, Any]:
    """Files that the site hands to one member alone: in a folder that no web server reads, or below `.private/` of
    the bucket, where they are nobody's but the site's. Backups pass over it."""
    if not bucket:
        modes = {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
        return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": place} | modes}
    private = {"location": ".private", "default_acl": "private", "querystring_auth": True}
    return {"BACKEND": "config.bucket.Bucket", "OPTIONS": _bucket(bucket) | private}


def _bucket(name: str) -> dict[str, Any]:
    _need("storages", "S3_BUCKET", "django-storages[s3]")
    return {
        "bucket_name": name,
        "endpoint_url": env.text("S3_ENDPOINT") or None,
        "region_name": env.text("S3_REGION") or None,
        "access_key": env.text("S3_ACCESS_KEY") or None,
        "secret_key": env.text("S3_SECRET_KEY") or None,
        "file_overwrite": False,
        "max_memory_size": 4 * 2**20,  # of a file that is read; a larger one is kept on the disk meanwhile
    }


def report_errors(dsn: str) -> None:
    """Send errors to Sentry or a service that speaks its language; never what identifies a member."""
    if not dsn:
        return
    _need("sentry_sdk", "SENTRY_DSN", "sentry-sdk")
    import sentry_sdk

    sentry_sdk.init(dsn=dsn, send_default_pii=False)


def federation(*, https: bool) -> bool:
    """Whether other servers may follow members here: they take no addresses but those of https."""
    wanted = env.flag("FEDERATION", False)
    if wanted and not https:
        raise env.BadSetting(
            "FEDERATION is yes, but SITE_URL does not begin with https://: set the public address of the site, or"
            " FEDERATION=no"
        )
    return wanted


def login_services() -> dict[str, dict[str, Any]]:
    """The services by which members may log in: those whose client id is set."""
    services: dict[str, dict[str, Any]] = {}
    for name in ("google", "github"):
        if client := env.text(f"{name.upper()}_CLIENT_ID"):
            app = {"client_id": client, "secret": _secret(name.upper())}
            services[name] = {"APPS": [app], "VERIFIED_EMAIL": True, "OAUTH_PKCE_ENABLED": True}
    if client := env.text("OIDC_CLIENT_ID"):
        if not is_address(issuer := env.text("OIDC_ISSUER")):
            raise env.BadSetting(
                f"OIDC_ISSUER is {issuer!r}, but OIDC_CLIENT_ID is set: write the address of that log-in service"
            )
        oidc: dict[str, Any] = {
            "provider_id": "oidc",
            "name": env.text("OIDC_NAME", "OpenID Connect"),
            "client_id": client,
            "secret": env.text("OIDC_CLIENT_SECRET"),  # some services know us by PKCE alone
            "settings": {"server_url": issuer},
        }
        services["openid_connect"] = {"APPS": [oidc], "OAUTH_PKCE_ENABLED": True}
    return services


def _secret(service: str) -> str:
    if secret := env.text(f"{service}_CLIENT_SECRET"):
        return secret
    raise env.BadSetting(
        f"{service}_CLIENT_ID is set, but not {service}_CLIENT_SECRET: write what the service gave you"
    )


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
