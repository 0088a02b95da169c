"""For whoever watches the site: is the process up, and is everything it needs there."""

from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config import cache, jobs, replica, versions

WORKER_SILENT_SECONDS = 60

_migrated = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return JsonResponse({"status": "up"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, every migration is in and a job worker is alive; else 503 and which is not."""
    parts: dict[str, Any] = {"database": "ok", "migrations": "ok", "worker": "ok"}
    try:
        if not is_migrated():
            parts["migrations"] = "missing"
        state = jobs.health()
        parts["jobs"] = state
        seen = state["worker_seen_seconds_ago"]
        if seen is None or seen > WORKER_SILENT_SECONDS:
            parts["worker"] = "silent"
        if replica.is_there():
            parts["replica"] = replica.state()  # the site goes on without it
        if (shared := cache.state()) is not None:
            parts["cache"] = shared  # so it does without this, but for whoever wants to log in
    except DatabaseError:
        parts = {"database": "unreachable", "migrations": "unknown", "worker": "unknown"}
    ready = all(parts[name] == "ok" for name in ("database", "migrations", "worker"))
    response = JsonResponse({"status": "ready" if ready else "not ready", **parts}, status=200 if ready else 503)
    if not ready:
        response["Retry-After"] = "5"
    return response


def is_migrated() -> bool:
    """Whether the database has every migration of this code; once true, it stays so for the life of the process."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        is_planned = executor.migration_plan(executor.loader.graph.leaf_nodes())
        _migrated = not (is_planned or versions.is_too_old(executor.loader.applied_migrations))
    return _migrated
