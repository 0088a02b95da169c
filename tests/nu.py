"""The Nu HTML checker: the program behind the W3C's own. It needs Java; npm fetches it once, in one known version."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings

VERSION = "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
# Compiling what is over in seconds for hours to come takes longer than all pages do.
FOR_A_MOMENT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


class Missing(Exception):
    """The checker cannot run here; the message says why."""


def check(pages: dict[str, str]) -> list[str]:
    """What is wrong with these pages, given by name: a line for each error. Raises Missing."""
    java, jar = shutil.which("java"), _jar()
    if not java:
        raise Missing("there is no Java on this machine")
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, text) in enumerate(pages.items()):
            file = Path(folder, f"{number}.html")
            file.write_text(text, "utf-8")
            names[file.name] = name
        how = ["--errors-only", "--format", "json", "--exit-zero-always"]
        command = [java, *FOR_A_MOMENT, "-Xss2m", "-jar", str(jar), *how, folder]
        said = subprocess.run(command, capture_output=True, text=True, timeout=300)
    try:
        messages = json.loads(said.stderr)["messages"]
    except ValueError:
        raise AssertionError(f"The checker broke: {said.stderr[-2000:]}") from None
    return [
        f"{names.get(Path(m.get('url', '')).name, '?')}, line {m.get('lastLine')}: "
        f"{m['message']} … {m.get('extract', '')}"
        for m in messages
    ]


def _jar() -> Path:
    jar = Path(settings.BASE_DIR, ".cache", f"vnu-{VERSION}.jar")
    if not jar.exists():
        jar.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=jar.parent) as folder:
            os.replace(_fetched(Path(folder)), jar)
    return jar


def _fetched(folder: Path) -> Path:
    npm = shutil.which("npm")
    if not npm:
        raise Missing("it is not here yet, and there is no npm to fetch it")
    fetched = subprocess.run(
        [npm, "pack", f"vnu-jar@{VERSION}", "--ignore-scripts"], cwd=folder, capture_output=True, text=True, timeout=300
    )
    parcel = folder / f"vnu-jar-{VERSION}.tgz"
    if not parcel.exists():
        raise Missing(f"npm could not fetch it: {fetched.stderr.strip()[-300:]}")
    if base64.b64encode(hashlib.sha512(parcel.read_bytes()).digest()).decode() != SHA512:
        raise AssertionError("What npm fetched is not the checker that this test knows.")
    with tarfile.open(parcel) as packed:
        packed.extract("package/build/dist/vnu.jar", folder, filter="data")
    return folder / "package/build/dist/vnu.jar"
