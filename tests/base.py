"""What tests share that is no data: a quick password hasher, a server of the real kind, waiting for something."""

import time
from collections.abc import Callable
from io import BytesIO

from django.contrib.auth.hashers import Argon2PasswordHasher
from PIL import Image


class QuickHasher(Argon2PasswordHasher):
    """Argon2 at its cheapest: the real server can check these passwords too, and a test need not wait for them."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


def wait_until(is_so: Callable[[], object], *, seconds: float = 10, every: float = 0.05) -> None:
    """Wait until a condition holds; fails with its name when it does not in time."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {seconds} s: {getattr(is_so, '__name__', is_so)}")
        time.sleep(every)


def png(width: int = 60, height: int = 90) -> bytes:
    """A real picture, in one colour."""
    file = BytesIO()
    Image.new("RGB", (width, height), (122, 20, 52)).save(file, "PNG")
    return file.getvalue()
