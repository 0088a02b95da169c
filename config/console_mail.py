"""Mail on the console, to be read and followed by a person.

Django's own console backend prints messages as they travel, where a long link is broken by "=".
"""

from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as ConsoleBackend


class EmailBackend(ConsoleBackend):
    def write_message(self, message: EmailMessage) -> None:
        self.stream.write(
            f"From: {message.from_email}\nTo: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body}\n"
            f"{'-' * 79}\n"
        )
