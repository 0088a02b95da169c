"""A night of open data for tests, and its lines."""

import gzip
import hashlib
import json
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from reviews.actions.exporting import place
from reviews.models import Edition, EditionFile
from reviews.open_data import blocks


def edition() -> Edition:
    """Last night's, with files that hold what is public now."""
    made = Edition.objects.create(day=timezone.now().date())
    for kind in EditionFile.Kind:
        text = b"".join(blocks(kind))
        packed = gzip.compress(text, mtime=0)
        EditionFile.objects.create(
            edition=made, kind=kind, lines=text.count(b"\n"), size=len(packed),
            sha256=hashlib.sha256(packed).hexdigest(),
            file=place().save(f"open-data/made-for-tests-{kind}.jsonl.gz", ContentFile(packed)),
        )  # fmt: skip
    return made


def lines(kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in b"".join(blocks(kind)).splitlines()]
