"""Processes that must not outlive the one that started them, however that one ends."""

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1


def die_with_parent(sent: signal.Signals = signal.SIGKILL) -> None:
    """Ask the kernel to send us a signal when our parent ends; where it cannot, watch for that ourselves."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sent, 0, 0, 0)
        if os.getppid() != parent:  # it ended in between
            os.kill(os.getpid(), sent)
        return

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), sent)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def end_when_told() -> None:
    """Let SIGINT and SIGTERM end this process at once, whatever it inherited; for the time before it has work."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
