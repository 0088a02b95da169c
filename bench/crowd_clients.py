"""The clients of bench/crowd.py, in a process of their own, which reads orders: `python -m bench.crowd_clients`.

An order is a line of JSON: {"port", "requests": [[kind, request], …], "seconds", "clients"} for clients that ask again
as soon as they are answered; or with "arriving": [[rate, seconds], …] in place of the last two for so many requests a
second, and then so many, whatever became of those before. What was heard comes back as a line:
[[kind, second, status, milliseconds, seconds to wait], …].
"""

import asyncio
import json
import random
import re
import sys
import time
from typing import Any

PATIENCE = 30.0  # seconds; then a request counts as lost
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
RETRY = re.compile(rb"\r\nretry-after: *(\d+)", re.IGNORECASE)
LOST = 0

type Heard = list[tuple[str, float, int, float, int]]


class Line(asyncio.Protocol):
    """One kept connection, one request at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.answer: asyncio.Future[tuple[int, int]] | None = None
        self.heard, self.whole, self.head = bytearray(), 0, b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, part: bytes) -> None:
        self.heard += part
        if not self.whole:
            end = self.heard.find(b"\r\n\r\n")
            if end < 0:
                return
            self.head = bytes(self.heard[: end + 2])
            length = LENGTH.search(self.head)
            self.whole = end + 4 + (int(length[1]) if length and self.status != 304 else 0)
        if len(self.heard) >= self.whole and self.answer and not self.answer.done():
            retry = RETRY.search(self.head)
            self.answer.set_result((self.status, int(retry[1]) if retry else 0))

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        if self.answer and not self.answer.done():
            self.answer.set_exception(error or ConnectionResetError())

    @property
    def status(self) -> int:
        return int(self.head[9:12])

    async def ask(self, words: bytes) -> tuple[int, int]:
        self.heard, self.whole = bytearray(), 0
        self.answer = asyncio.get_running_loop().create_future()
        if self.transport is None:
            raise ConnectionResetError
        self.transport.write(words)
        return await asyncio.wait_for(self.answer, PATIENCE)


class Crowd:
    def __init__(self, order: dict[str, Any]) -> None:
        self.port, self.seconds = order["port"], order.get("seconds", 0)
        self.requests = [(kind, words.encode()) for kind, words in order["requests"]]
        self.draw = random.Random(7)
        self.heard: Heard = []
        self.idle: list[Line] = []
        self.began = time.perf_counter()

    async def line(self) -> Line:
        loop = asyncio.get_running_loop()
        _, line = await asyncio.wait_for(loop.create_connection(Line, "127.0.0.1", self.port), PATIENCE)
        return line

    async def one(self, line: Line | None) -> Line | None:
        """One request; gives the connection if it can be used again."""
        kind, words = self.draw.choice(self.requests)
        began = time.perf_counter()
        try:
            line = line or await self.line()
            status, retry = await line.ask(words)
        except (OSError, TimeoutError):
            status, retry = LOST, 0
        took = time.perf_counter() - began
        self.heard.append((kind, round(began - self.began, 2), status, round(took * 1000, 2), retry))
        if line and line.transport and status in {LOST, 503}:
            line.transport.close()  # the server closes what it refuses
        return line if status not in {LOST, 503} else None

    async def client(self) -> None:
        line = None
        await asyncio.sleep(self.draw.random())
        while time.perf_counter() - self.began < self.seconds:
            line = await self.one(line)
            if line is None:
                await asyncio.sleep(0.2)

    async def arrival(self) -> None:
        line = self.idle.pop(self.draw.randrange(len(self.idle))) if self.idle else None  # anybody's, of any worker
        if line and line.transport is None:
            line = None
        if kept := await self.one(line):
            self.idle.append(kept)

    async def closed(self, clients: int) -> None:
        await asyncio.gather(*(self.client() for _ in range(clients)))

    async def open(self, arriving: list[tuple[float, float]]) -> None:
        running: set[asyncio.Task[None]] = set()
        due = end = 0.0
        for rate, seconds in arriving:
            due, end = end, end + seconds
            while (due := due + self.draw.expovariate(rate)) < end:
                await asyncio.sleep(max(0.0, self.began + due - time.perf_counter()))
                task = asyncio.create_task(self.arrival())
                running.add(task)
                task.add_done_callback(running.discard)
        await asyncio.gather(*running)


def main() -> None:
    for line in sys.stdin:
        order = json.loads(line)
        crowd = Crowd(order)
        asyncio.run(crowd.closed(order["clients"]) if "clients" in order else crowd.open(order["arriving"]))
        print(json.dumps(crowd.heard), flush=True)


if __name__ == "__main__":
    main()
