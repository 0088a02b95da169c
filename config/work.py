"""The job worker's process: `python -m config.work`. `config/run.py` starts it beside the web server."""

import asyncio
import os
import signal
from typing import Final

import django
from procrastinate import psycopg_connector

from config import serving
from config.children import die_with_parent

# How many jobs of each queue (config/jobs.py) run at once.
CONCURRENT: Final = {"default": 2, "outside": 3}


async def work(stale_after: float) -> None:
    """Run jobs until SIGTERM, and then finish those that run, for 20 seconds at most. A second one ends them at once.

    The worker itself talks to the database through connections of its own, while jobs (and what they enqueue, in
    their transactions) use Django's: so this is a second Procrastinate app with the same tasks, not the first one.
    """
    from procrastinate.contrib.django import app, utils

    # Small on purpose: all connections of the site together stay far below PostgreSQL's usual hundred.
    connector = psycopg_connector.PsycopgConnector(kwargs=utils.connector_params(), min_size=1, max_size=4)
    worker = app.with_connector(connector)
    _stop_when_asked(asyncio.current_task())
    async with worker.open_async():
        try:
            async with asyncio.TaskGroup() as together:
                for queue, concurrent in CONCURRENT.items():
                    running = worker.run_worker_async(
                        name=f"intermission-{queue}",
                        queues=[queue],
                        concurrency=concurrent,
                        install_signal_handlers=False,  # each would take the other's away
                        fetch_job_polling_interval=5.0,
                        update_heartbeat_interval=stale_after / 3,
                        stalled_worker_timeout=stale_after,
                        shutdown_graceful_timeout=20,
                    )
                    together.create_task(running)
        except asyncio.CancelledError:  # as asked
            pass


def _stop_when_asked(task: asyncio.Task[None] | None) -> None:
    loop = asyncio.get_running_loop()
    asked = (signal.SIGTERM, signal.SIGINT)

    def stop() -> None:
        for each in asked:
            loop.remove_signal_handler(each)
        if task is not None:
            task.cancel()

    for each in asked:
        loop.add_signal_handler(each, stop)


def main() -> None:
    die_with_parent()
    os.environ["INTERMISSION_PROCESS"] = "jobs"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from config import jobs

    stale_after = serving.stale_after()
    jobs.take_up_stalled(stale_after)
    asyncio.run(work(stale_after))


if __name__ == "__main__":
    main()
