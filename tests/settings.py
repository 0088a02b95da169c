"""The site's own settings in a test's surroundings: a data directory and a database of their own, and open data, and
the door to other servers, which only some houses have; nothing else is changed.

`TEST_DATABASE_URL` tests against a PostgreSQL of yours; by default it is an embedded one under the data directory.
"""

import os

from config import database

# What a developer has set for their own site must not decide whether a test passes.
SITE = [
    "DATABASE_URL", "DATABASE_DIRECT_URL", "DATABASE_POOLER", "CACHE_URL",
    "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "SITE_NAME", "SITE_URL",
    "EMAIL_URL", "EMAIL_FROM", "MEDIA_URL", "SENTRY_DSN", "TMDB_TOKEN", "SIGNUP", "HOST", "PORT", "TRUSTED_PROXIES",
    "LOG_FORMAT", "RATINGS_FOR_AVERAGE", "S3_BUCKET", "PAGES_KEPT_MB", "LANGUAGES", "OPEN_DATA",
    "FEDERATION", "FEDERATION_PRIVATE",
]  # fmt: skip

if "INTERMISSION_TESTS" not in os.environ:  # workers of a parallel run inherit what the first process has set
    os.environ["INTERMISSION_TESTS"] = "1"
    os.environ["DATA_DIR"] = str(database.data_dir() / "test")
    for name in SITE:
        os.environ.pop(name, None)
    os.environ["ENV_FILE"] = os.devnull
    os.environ["OPEN_DATA"] = "yes"
    os.environ["SECRET_KEY"] = "a-key-that-only-the-tests-use-0123456789-abcdefghijklmnopqrstuvwxyz"
    if url := os.environ.get("TEST_DATABASE_URL"):
        os.environ["DATABASE_URL"] = url

# Tests that run beside each other have databases of their own, and so what was made of those.
os.environ["STAMPS_FILE"] = str(database.data_dir() / f"stamps-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")

from config.settings import *  # noqa: E402, F403 -- the environment above decides what it says

PASSWORD_HASHERS = ["tests.base.QuickHasher", *PASSWORD_HASHERS]  # noqa: F405 -- config.settings, imported whole above, defines it
STORAGES = STORAGES | {  # noqa: F405 -- config.settings, imported whole above, defines it
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_AUTOREFRESH = True  # else each new test client would look at all static files, in case one is asked for
DATABASES["default"]["ENGINE"] = "tests.postgresql"  # noqa: F405 -- config.settings, imported whole above, defines it
FEDERATION = True  # whose addresses are 404 elsewhere, and need no https to be tested
SWEEPS_AS_MASTER = "TEST_DATABASE_URL" not in os.environ  # what is quicker, only the server's master may do
