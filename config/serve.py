"""The web server's process: `python -m config.serve`. `config/run.py` starts it, with the database's address set."""

import os
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from config import env
from config.children import die_with_parent


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    die_with_parent()
    os.environ["INTERMISSION_PROCESS"] = "web"
    server = Granian(
        "config.asgi:application",
        address=env.text("HOST", "127.0.0.1"),
        port=env.number("PORT", 8000),
        interface=Interfaces.ASGINL,
        workers=env.number("WEB_WORKERS", 2),
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
