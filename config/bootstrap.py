"""Makes `.venv` and installs the hash-locked dependencies, again only when they changed.

Run by `bootstrap.sh` with any Python 3.12+, so it may use nothing but the standard library.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.txt", "test": "requirements-dev.txt"}


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def works(python: Path) -> bool:
    """Whether this interpreter starts and is new enough: a moved or half-made environment does not."""
    check = "import sys; sys.exit(sys.version_info < (3, 12) or sys.prefix == sys.base_prefix)"
    try:
        return subprocess.run([python, "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def make_environment(uv: str | None) -> None:
    """A virtual environment by the standard library, or by uv where Debian left out `ensurepip`."""
    if works(PYTHON):
        return
    base = sys.executable
    if Path(base).is_relative_to(VENV):
        sys.exit("Remove the folder .venv (it is broken) and run this again.")
    shutil.rmtree(VENV, ignore_errors=True)
    if uv:
        made = subprocess.run([uv, "venv", "--quiet", "--seed", "--python", base, str(VENV)])
    else:
        made = subprocess.run([base, "-m", "venv", str(VENV)])
    if made.returncode != 0:
        sys.exit("The virtual environment .venv could not be made: install Python's venv module (python3-venv) or uv.")


def install(lock: Path, uv: str | None) -> None:
    """Install exactly what the lock file names, if that is not what was installed last."""
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = VENV / f".installed-{lock.stem}"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing what {lock.name} names …")
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    ways = [[*pip, "--require-hashes", "-r", str(lock)]]
    if uv:
        ways.insert(0, [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "--require-hashes", "-r", str(lock)])
    for command in ways:
        if subprocess.run(command, cwd=ROOT).returncode == 0:
            stamp.write_text(wanted)
            return
    sys.exit(f"The packages in {lock.name} could not be installed: see above, and check that the network is reachable.")


def main(purpose: str) -> None:
    uv = os.environ.get("UV")
    VENV.parent.joinpath(".cache").mkdir(exist_ok=True)
    with open(ROOT / ".cache" / "bootstrap.lock", "w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:
            pass
        make_environment(uv)
        install(ROOT / LOCKS[purpose], uv)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "run")
