"""Finds the browser that the tests drive; `python -m tests.chromium` installs one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The first is Chromium without windows: a tenth quicker, and what Playwright takes where it brings its own.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# Nothing here may go out to the network or wait for a display; root has no sandbox.
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
)


def find() -> str | None:
    """The path of a Chromium or Chrome: `CHROMIUM` if set, one on the machine, or Playwright's own."""
    for path in (os.environ.get("CHROMIUM"), *(shutil.which(name) for name in NAMES), *PLACES):
        if path and Path(path).exists():
            return path
    own = _playwrights_own()
    return own if Path(own).exists() else None


def _playwrights_own() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> None:
    """Debian's package where that may be installed, else Playwright's own download."""
    apt = shutil.which("apt-get")
    if apt:
        may = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        if not may or (shutil.which("sudo") and subprocess.run([*may, "true"], **quiet).returncode == 0):
            print("Installing Debian's chromium for the browser tests …", file=sys.stderr, flush=True)
            subprocess.run([*may, apt, "update", "-q"], env=environment, **quiet)
            command = [*may, apt, "install", "-qy", "--no-install-recommends", "fonts-dejavu-core"]
            for package in ("chromium-headless-shell", "chromium"):
                if subprocess.run([*command, package], env=environment, **quiet).returncode == 0:
                    return
    print("Fetching Playwright's chromium for the browser tests …", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    if not find():
        install()
        if not find():
            sys.exit("The browser tests need Chromium or Chrome: install one, or set CHROMIUM to its path.")
