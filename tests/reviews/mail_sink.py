"""A mail server for tests: it keeps what it takes, and can call somebody at chosen moments of a delivery."""

import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage


class _Conversation(socketserver.StreamRequestHandler):
    server: "MailSink"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        try:
            self.talk()
        except (ConnectionError, BrokenPipeError):
            pass  # the other side was killed

    def talk(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.say("354 go on")
                lines = []
                while (line := self.rfile.readline()) and line != b".\r\n":
                    lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
                if not line:
                    return  # cut off in the middle: nothing was taken
                self.server.take(b"".join(lines))
            elif word == b"MAIL":
                self.server.at("begun")
            elif word == b"RCPT" and b"refused@" in line:
                self.say("550 nobody here")
                continue
            elif word == b"QUIT":
                self.say("221 bye")
                return
            self.say("250 well")


class MailSink(socketserver.ThreadingTCPServer):
    """`at_moment[“begun”]` is called before a mail is taken, `[“taken”]` when it is taken and nobody was told so."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[EmailMessage] = []
        self.at_moment: dict[str, Callable[[], None]] = {}
        self.lock = threading.Lock()

    def __enter__(self) -> "MailSink":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=no"

    @property
    def ids(self) -> list[str]:
        return [str(mail["Message-ID"]) for mail in self.mails]

    def at(self, moment: str) -> None:
        if call := self.at_moment.get(moment):
            call()

    def take(self, data: bytes) -> None:
        with self.lock:
            self.mails.append(message_from_bytes(data, policy=policy.default))  # type: ignore[arg-type]
        self.at("taken")
