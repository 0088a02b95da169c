"""What the settings become in surroundings other than the tests', each in a process of its own."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from config import addresses, database, known, room, serving
from config.env import BASE_DIR, BadSetting
from config.settings import kept_secret

SAY = """
import json, sys
import django
django.setup()
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""
PUBLIC = {"SITE_URL": "https://films.example.org", "EMAIL_URL": "smtp://ana:pass%40word@mail.example.org"}


def settings_with(*names: str, **environment: str) -> dict:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/no",
    }
    command = [sys.executable, "-c", SAY, *names]
    done = subprocess.run(command, cwd=BASE_DIR, env=env | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_public_site_is_bound_to_https():
    expected = {
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63_072_000,
        "ALLOWED_HOSTS": ["films.example.org", "127.0.0.1", "localhost", "[::1]"],
        "CSRF_TRUSTED_ORIGINS": ["https://films.example.org"],
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory",
    }
    assert settings_with(*expected, **PUBLIC) == expected


def test_a_site_on_ones_own_machine_works_without_https_and_mail():
    said = settings_with("SESSION_COOKIE_NAME", "SECURE_SSL_REDIRECT", "ACCOUNT_EMAIL_VERIFICATION", "DEBUG")
    assert said == {
        "SESSION_COOKIE_NAME": "sessionid",
        "SECURE_SSL_REDIRECT": False,
        "ACCOUNT_EMAIL_VERIFICATION": "optional",
        "DEBUG": False,
    }


def test_a_login_service_is_there_when_its_client_is():
    said = settings_with("INSTALLED_APPS", "SECURE_CSP", GITHUB_CLIENT_ID="id", GITHUB_CLIENT_SECRET="secret")
    assert "allauth.socialaccount.providers.github" in said["INSTALLED_APPS"]
    assert "https://github.com" in said["SECURE_CSP"]["form-action"]
    assert not any("socialaccount" in app for app in settings.INSTALLED_APPS)


def test_an_address_that_is_none_is_refused():
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "SITE_URL": "films.example.org"}
    done = subprocess.run([sys.executable, "manage.py", "check"], cwd=BASE_DIR, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "SITE_URL is 'films.example.org': write https:// and the site's name\n"


def test_a_database_that_nobody_answers_at_is_told_by_commands_too():
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": "postgresql://a@127.0.0.1:1/no"}
    command = [sys.executable, "manage.py", "check_integrity", "--skip-checks"]
    done = subprocess.run(command, cwd=BASE_DIR, env=env, capture_output=True, text=True)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.startswith("The database cannot be reached (DATABASE_URL says where it is): connection failed")


def test_an_address_of_mail_becomes_djangos_settings():
    options = addresses.mailer("smtp://ana:pass%40word@mail.example.org")["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"], options["password"]) == (
        587,
        True,
        False,
        "pass@word",
    )
    options = addresses.mailer("smtps://mail.example.org")["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (465, False, True)
    assert "console" in addresses.mailer("")["BACKEND"]


def test_a_house_may_be_called_anything_and_have_other_names(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "films.example.net,.example.com")
    own = ["films.example.org", "127.0.0.1", "localhost", "[::1]"]
    assert addresses.hosts("films.example.org") == [*own, "films.example.net", ".example.com"]
    monkeypatch.delenv("EMAIL_FROM", raising=False)
    assert addresses.sender("Films, Inc: «Kino»", "a.org") == '"Films, Inc: «Kino»" <noreply@a.org>'
    assert addresses.sender("A", "::1") == "A <noreply@[IPv6:::1]>"
    for said in ("A. B. Club <a@b.org>", '"Films, Inc" <a@b.org>', "a@localhost"):
        monkeypatch.setenv("EMAIL_FROM", said)
        assert addresses.sender("A", "a.org") == said


def test_an_empty_key_is_told(tmp_path):
    (tmp_path / "secret_key").touch()
    with pytest.raises(BadSetting, match="secret_key is empty"):
        kept_secret(tmp_path / "secret_key")


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: addresses.mailer("mail.example.org"), "write smtp://"),
        (lambda: addresses.mailer("smtp://mail.example.org:many"), "write smtp://"),
        (lambda: addresses.cache("memcached://127.0.0.1"), "write redis://"),
    ],
)
def test_an_address_of_another_kind_is_refused(ask, says):
    with pytest.raises(BadSetting, match=says):
        ask()


@pytest.mark.parametrize(
    ("read", "environment", "says"),
    [
        (addresses.site, {"SITE_URL": "https://example.org/films"}, "write https://example.org, for the site has"),
        (addresses.site, {"SITE_URL": "https://ana:x@example.org"}, "write https://example.org, for"),
        (addresses.site, {"SITE_URL": "https://example.org:many"}, "write https:// and the site's name"),
        (addresses.media, {"MEDIA_URL": "media.example.org"}, "MEDIA_URL is 'media.example.org/': write https://"),
        (addresses.media, {"MEDIA_URL": "//media.example.org"}, "write https:// and the bucket's name"),
        (addresses.media, {"S3_BUCKET": "films"}, "write MEDIA_URL=https://"),
        (addresses.login_services, {"OIDC_CLIENT_ID": "us"}, "OIDC_ISSUER is '', but OIDC_CLIENT_ID is set"),
        (addresses.login_services, {"GITHUB_CLIENT_ID": "us"}, "but not GITHUB_CLIENT_SECRET: write"),
        (addresses.name, {"SITE_NAME": "x" * 51}, "SITE_NAME is .* at most 50 characters"),
        (
            lambda: addresses.hosts("a.org"),
            {"ALLOWED_HOSTS": "b.org, https://c.org/"},
            "has 'https://c.org/': write names",
        ),
        (lambda: addresses.hosts("a.org"), {"ALLOWED_HOSTS": "b.org:8000"}, "has 'b.org:8000': write names"),
        (lambda: addresses.sender("A", "a.org"), {"EMAIL_FROM": "Films, Inc <a@b.org>"}, "EMAIL_FROM is 'Films, Inc"),
        (lambda: addresses.federation(https=False), {"FEDERATION": "yes"}, "set the public address of the site"),
        (lambda: addresses.sender("A", "a.org"), {"EMAIL_FROM": "nobody"}, "write Intermission <noreply@"),
        (lambda: addresses.stamps_file(BASE_DIR), {"STAMPS_FILE": "/no/such/stamps"}, "write a file in a folder"),
        (lambda: database.address("web"), {"DATABASE_DIRECT_URL": "postgresql://db/films"}, "set DATABASE_URL to"),
        (lambda: serving.refuse_more_than(19, to_pages=True), {}, r"grants 19 .* \+ 10 is 20: lower WEB_WORKERS"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_write(monkeypatch, read, environment, says):
    for name in ("DATABASE_URL", "WEB_WORKERS", "WEB_THREADS"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=says):
        read()


def test_a_secret_that_could_be_found_by_trying_is_told(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hunter2")
    (told,) = known.weak()
    assert told.startswith("SECRET_KEY has 7 characters") and "write 32 or more by chance" in told
    for good in ("", "x" * 32):
        monkeypatch.setenv("SECRET_KEY", good)
        assert known.weak() == []


def test_pages_alone_go_through_a_pooler(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://pooler:6432/films")
    monkeypatch.setenv("DATABASE_POOLER", "yes")
    assert database.address("jobs") == ("postgresql://pooler:6432/films", True)
    monkeypatch.setenv("DATABASE_DIRECT_URL", "postgresql://db/films")
    assert database.address("web") == ("postgresql://pooler:6432/films", True)
    assert database.address("jobs") == database.address("") == ("postgresql://db/films", False)
    serving.refuse_more_than(10, to_pages=False)


def test_a_full_disk_is_told_from_other_trouble():
    with pytest.raises(OSError, match="No space left") as full, open("/dev/full", "w") as disk:
        disk.write("words")
        disk.flush()
    outer = RuntimeError("what it led to")
    outer.__cause__ = full.value
    assert room.is_lacking(full.value) and room.is_lacking(outer)
    assert not room.is_lacking(FileNotFoundError(2, "No such file or directory"))


def test_the_cache_never_pushes_a_counter_out():
    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] == 1_000_000


def test_every_setting_is_in_the_example():
    """Read from the code: what `env` is asked for by name, outside of what one process tells another."""
    between_processes = {"INTERMISSION_PROCESS", "ENV_FILE"}
    asked = set()
    for app in ("accounts", "films", "reviews", "config"):
        for file in (BASE_DIR / app).rglob("*.py"):
            asked |= set(
                re.findall(r'env\.(?:text|flag|number|seconds|words|choice)\("([A-Z0-9_]+)"', file.read_text("utf-8"))
            )
    listed = set(re.findall(r"^# ([A-Z0-9_]+)=", (BASE_DIR / ".env.example").read_text("utf-8"), re.MULTILINE))
    assert asked - between_processes - listed == set()
