"""Log lines: a JSON object each, or plain ones on a terminal; every one with the id of the request it belongs to."""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")

FACTS = ("route", "method", "status", "ms", "member", "address", "action", "job")


class Json(logging.Formatter):
    """One object a line; what came from outside cannot add a line, because JSON escapes line breaks."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if identity := request_id.get():
            line["request_id"] = identity
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


class Plain(logging.Formatter):
    """For eyes: control characters in what came from outside are written out."""

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage().encode("unicode_escape").decode("ascii")
        if hasattr(record, "ms"):
            message = f"{record.status} {record.method} {message} ({record.ms} ms)"  # type: ignore[attr-defined]  # set below
        line = f"{datetime.now():%H:%M:%S} {record.levelname.lower():7} {message}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configuration(style: str) -> dict[str, Any]:
    """Django's LOGGING for the style `json` or `plain`."""
    quiet = {"handlers": ["out"], "level": "WARNING", "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": Json}, "plain": {"()": Plain}},
        "handlers": {"out": {"class": "logging.StreamHandler", "formatter": style}},
        "root": {"handlers": ["out"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": ["out"], "level": "INFO", "propagate": False},
            "django.request": {
                "handlers": ["out"],
                "level": "ERROR",
                "propagate": False,
            },  # 4xx: the request's own line
            "django.security": quiet,
            "procrastinate": quiet,
            "procrastinate.blueprints": quiet | {"level": "ERROR"},  # the worker is a main module, and may be
            "PIL": quiet,
        },
    }
