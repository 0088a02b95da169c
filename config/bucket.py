"""Files in a bucket of an S3-compatible store, by django-storages."""

from typing import Any, Final

from botocore.config import Config
from storages.backends.s3 import S3Storage

from config.storage import MayBeAway

# Who sends or sees a picture waits for it, and so may others: the library would try for five minutes.
PATIENCE: Final = {"connect_timeout": 2, "read_timeout": 8, "retries": {"total_max_attempts": 2, "mode": "standard"}}


class Bucket(MayBeAway, S3Storage):
    client_config: Any

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = self.client_config.merge(Config(**PATIENCE))
