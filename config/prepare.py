"""What must be so before the site opens: `python -m config.prepare`, which `config/run.py` runs first each time.

Every step looks whether it is done already, so that it can be interrupted anywhere and run again.
"""

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import NotSupportedError, OperationalError, connection, transaction

from config import env, health, replica, room, serving, stylesheets, versions
from config.env import BadSetting

OLDEST = 16  # of PostgreSQL
CURATOR = "curator"
CURATORS = "Curators"


def say(sentence: str) -> None:
    """Progress, for a terminal; a pipe gets only what somebody must know."""
    if sys.stderr.isatty():
        print(f"  {sentence}", file=sys.stderr, flush=True)


def reach_database() -> None:
    """Raises BadSetting where nobody answers, in the words of whoever was asked."""
    try:
        connection.ensure_connection()
    except OperationalError as trouble:
        raise BadSetting(f"The database cannot be reached (DATABASE_URL says where it is): {trouble}") from None
    except NotSupportedError as trouble:  # one that is too old for Django, even
        raise BadSetting(f"The database cannot be used: {trouble}") from None
    version = connection.connection.info.server_version // 10_000
    if version < OLDEST:
        raise BadSetting(f"The database is PostgreSQL {version}, and {OLDEST} or newer is needed: update it first")
    pooled = env.flag("DATABASE_POOLER", False)
    serving.refuse_more_than(connections_granted(), to_pages=not pooled)


def connections_granted() -> int:
    """To this role, on this database, however many of them others use."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least("
            " current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
            " - coalesce(current_setting('reserved_connections', true), '0')::int,"
            " (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),"
            " (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()))"
        )
        granted: int = cursor.fetchone()[0]
        return granted


def look_at_replica() -> None:
    """The site opens without it, and takes it when it is there; but whoever set it wants to know."""
    found = replica.state() if replica.is_there() else replica.State.UP_TO_DATE
    trouble = {
        replica.State.STRANGER: "REPLICA_URL leads to a database that is no replica of the site's",
        replica.State.AWAY: "The replica (REPLICA_URL) cannot be reached",
    }
    if found in trouble:
        print(f"{trouble[found]}: until that changes, all is read from the site's database.", file=sys.stderr)


def migrate() -> None:
    """Apply the migrations that are missing; when none is, spare the seconds that Django takes to find that out.

    Raises BadSetting for a database that is too old to be brought up to date.
    """
    if not health.is_migrated():
        if versions.is_too_old(applied := versions.applied_here()):
            raise BadSetting(versions.what_to_do(applied))
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def seed() -> None:
    """Fill an empty site; the command leaves one that has films as it is."""
    call_command("seed", verbosity=1 if sys.stderr.isatty() else 0)


def collect_static() -> None:
    """Gather, name by content and compress the static files, if any of them changed since the last time."""
    sources = [[settings.STORAGES["staticfiles"]["BACKEND"], Path(stylesheets.__file__).stat().st_mtime_ns]]
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            sources.append([path, status.st_size, status.st_mtime_ns])
    wanted = hashlib.sha256(json.dumps(sorted(sources)).encode()).hexdigest()
    stamp = settings.STATIC_ROOT / ".collected"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    # The API's pages are ours; Django REST framework's own would only be weight.
    call_command("collectstatic", interactive=False, ignore_patterns=["rest_framework"], verbosity=0)
    stamp.write_text(wanted)


def open_an_account() -> None:
    """On the first start, an account that may do everything; its password is shown this once and never again."""
    members = get_user_model()
    if members.objects.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(12)
    email = f"{CURATOR}@{settings.SITE_HOST if '.' in settings.SITE_HOST.strip('0123456789.') else 'localhost'}"
    with transaction.atomic():
        curator = members.objects.create_superuser(username=CURATOR, email=email, password=password)
        curator.groups.add(apps.get_model("auth.Group").objects.get_or_create(name=CURATORS)[0])
        apps.get_model("account.EmailAddress").objects.create(user=curator, email=email, verified=True, primary=True)
    print(
        f"\n  A curator's account was made, which may do everything here. Its password is shown only this once:\n"
        f"\n      username  {CURATOR}\n      password  {password}\n"
        f"\n  Log in with it at {settings.SITE_URL}/accounts/login/ and choose another under Settings. Films, articles"
        f"\n  and the front page are looked after at {settings.SITE_URL}/admin/, and docs/curating.md says how.\n",
        flush=True,
    )


STEPS: list[tuple[str, Callable[[], None]]] = [
    ("Reaching the database", reach_database),
    ("Looking for the replica, if there is one", look_at_replica),
    ("Bringing the database up to date", migrate),
    ("Filling the shelves, if they are empty", seed),
    ("Gathering static files, if they changed", collect_static),
    ("Looking for the curator", open_an_account),
]


def main(chosen: list[str]) -> None:
    """All the steps, or those that are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        for sentence, step in STEPS:
            if not chosen or step.__name__ in chosen:
                say(sentence)
                step()
    except BadSetting as bad:
        sys.exit(str(bad))
    except Exception as trouble:
        if not room.is_lacking(trouble):
            raise
        sys.exit(room.LACKING)


if __name__ == "__main__":
    main(sys.argv[1:])
