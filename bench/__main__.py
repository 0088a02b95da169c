"""Runs every benchmark in this folder, or the one that is named: `python -m bench [name]`."""

import runpy
import sys
from pathlib import Path


def benchmarks() -> list[str]:
    """The modules here that say what they measure and have a `main`."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return [file.stem for file in files if "def main(" in file.read_text("utf-8") and file.stem != "__main__"]


def run(chosen: list[str]) -> None:
    there = benchmarks()
    for name in chosen:
        if name not in there:
            sys.exit(f"There is no benchmark {name!r}: there are {', '.join(there)}.")
    sys.argv[1:] = []
    for name in chosen or there:
        print(f"\n== {name}", flush=True)
        runpy.run_module(f"bench.{name}", run_name="__main__")


if __name__ == "__main__":
    run(sys.argv[1:])
