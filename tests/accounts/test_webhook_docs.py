"""The examples of docs/webhooks.md run as they stand, on messages that are genuine and on others."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import Event
from accounts.models.webhook import TEST
from accounts.webhooks.delivering import MOST_ATTEMPTS, PAUSES
from accounts.webhooks.signing import headers_for, new_secret

DOCS = Path(settings.BASE_DIR, "docs", "webhooks.md").read_text("utf-8")
BODY = '{"type":"diary.added","data":{"place":"Café ½"}}'.encode()


def example(language: str) -> str:
    [found] = re.findall(rf"```{language}\n(.*?)```", DOCS, re.S)
    return found


@pytest.fixture
def secret() -> str:
    return new_secret()


def test_the_python_of_the_docs_tells_who_sends(secret):
    house: dict = {}
    exec(example("python"), house)  # it is our own text
    is_genuine = house["is_genuine"]
    now = timezone.now()
    headers = headers_for("msg_1", now, BODY, [secret])
    assert is_genuine(secret, headers, BODY)
    assert is_genuine(secret, headers_for("msg_1", now, BODY, [new_secret(), secret]), BODY), "while both sign"
    assert not is_genuine(new_secret(), headers, BODY)
    assert not is_genuine(secret, headers, BODY + b" ")
    assert not is_genuine(secret, headers | {"webhook-id": "msg_2"}, BODY)
    assert not is_genuine(secret, headers_for("msg_1", now - timedelta(minutes=6), BODY, [secret]), BODY)


def test_the_shell_of_the_docs_tells_who_sends(secret, tmp_path):
    (tmp_path / "body.json").write_bytes(BODY)
    headers = headers_for("msg_1", timezone.now(), BODY, [new_secret(), secret])

    def run(with_secret: str) -> str:
        given = {
            "ID": headers["webhook-id"], "AT": headers["webhook-timestamp"], "SECRET": with_secret,
            "SIGNATURE": headers["webhook-signature"], "PATH": "/usr/bin:/bin:/usr/local/bin",
        }  # fmt: skip
        done = subprocess.run(["sh", "-c", example("sh")], cwd=tmp_path, env=given, capture_output=True, text=True)
        assert done.stderr == ""
        return done.stdout.strip()

    assert (run(secret), run(new_secret())) == ("genuine", "forged")


def test_it_signs_as_the_specification_has_it():
    """The example of https://github.com/standard-webhooks/standard-webhooks, by which libraries test themselves."""

    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = headers_for("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret])
    assert headers["webhook-timestamp"] == "1614265330"
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_docs_name_every_event_and_every_pause():
    table = DOCS.partition("## Know who sends")[0]
    assert set(re.findall(r"`([a-z]+\.[a-z]+)`", table)) == set(Event.values) and f"`{TEST}`" in table
    minutes = [int(pause.total_seconds() // 60) for pause in PAUSES]
    assert minutes == [1, 5, 15, 60, 180, 420, 780] and MOST_ATTEMPTS == 8
    assert "after 1, 5 and 15 minutes, 1, 3, 7 and 13 hours: eight attempts" in DOCS
