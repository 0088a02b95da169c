"""Files in a bucket of an S3-compatible store, by django-storages."""

from typing import Any, Final

from botocore.config import Config
from django.conf import settings
from storages.backends.s3 import S3Storage

from config.storage import MayBeAway

# A page waits for it, and who waits for the page; the library would try for five minutes.
OF_PAGES: Final = {"connect_timeout": 1, "read_timeout": 2, "retries": {"total_max_attempts": 2, "mode": "standard"}}
OF_JOBS: Final = {"connect_timeout": 5, "read_timeout": 30, "retries": {"total_max_attempts": 3, "mode": "standard"}}


class Bucket(MayBeAway, S3Storage):
    client_config: Any

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = self.client_config.merge(Config(**OF_PAGES if settings.PROCESS == "web" else OF_JOBS))
