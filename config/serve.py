"""The web server's process: `python -m config.serve`. `config/run.py` starts it, with the database's address set."""

import gc
import multiprocessing
import os
import sys
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from config import env, serving
from config.children import die_with_parent


def load_once() -> None:
    """Load the site before the workers are forked, so that they start at once and share its memory.

    What is loaded leaves the garbage collector's sight, or its passes would touch, and so copy, all of it. Where
    processes cannot be forked safely (macOS), each worker loads for itself.
    """
    if sys.platform != "linux":
        return
    multiprocessing.set_start_method("fork")
    from django.db import connections
    from django.urls import get_resolver

    import config.wsgi  # noqa: F401 -- read for what it loads

    list(get_resolver().url_patterns)
    connections.close_all()  # no two workers may speak through one
    gc.collect()
    gc.freeze()


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["INTERMISSION_PROCESS"] = "web"
    die_with_parent()
    load_once()
    server = Granian(
        "config.asgi:application",
        address=env.text("HOST", "127.0.0.1"),
        port=serving.port(),
        interface=Interfaces.ASGINL,
        workers=serving.workers(),
        backlog=2048,
        backpressure=4096,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=64 * 1024),
        websockets=False,
        workers_kill_timeout=8,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        working_dir=Path(env.BASE_DIR),
    )
    server.serve()


if __name__ == "__main__":
    main()
