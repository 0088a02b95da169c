"""What tests share that is no data: a quick hasher, rows for a module, waiting, acts at once, pages and their cost."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image


class QuickHasher(Argon2PasswordHasher):
    """Argon2 at its cheapest: the real server can check these passwords too, and a test need not wait for them."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


@contextmanager
def rows_for_a_module(django_db_blocker: Any) -> Iterator[None]:
    """For fixtures of a module: the rows made in here are there for all its tests, each of which undoes its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def wait_until(is_so: Callable[[], object], *, seconds: float = 10, every: float = 0.05) -> None:
    """Wait until a condition holds; fails with its name when it does not in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {getattr(is_so, '__name__', is_so)}")
        time.sleep(every)


def all_at_once(acts: Sequence[Callable[[], object]]) -> list[BaseException]:
    """What went wrong, each act in a thread and a connection of its own."""
    gate, failures = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        gate.wait()
        try:
            act()
        except BaseException as failure:  # the test says which
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def cost_of(client: Client, address: str) -> int:
    """How many queries a page costs that was shown before: what is kept for a while is kept by then."""
    client.get(address)
    reset_queries()  # its list has an end
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(asked(queries))


def asked(queries: CaptureQueriesContext) -> list[dict[str, str]]:
    """Without what the house says, which is read anew in a test's transaction, and held outside of one."""
    return [query for query in queries if "reviews_housewords" not in query["sql"]]


def words_of(answer: Any) -> str:
    """What a page says, also one that is sent in parts."""
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def png(width: int = 60, height: int = 90) -> bytes:
    """A real picture, in one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), (122, 20, 52)).save(file, "PNG")
    return file.getvalue()
