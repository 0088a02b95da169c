#!/bin/sh
# Finds a Python that is new enough, or fetches one with uv, and hands over to bootstrap.py.
# Usage: sh config/bootstrap.sh run|test
set -eu
cd "$(dirname "$0")/.."

wanted=$(cat .python-version 2>/dev/null || echo 3.13)

fits() {
    [ -n "${1:-}" ] && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

find_uv() {
    for uv in uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv" "$HOME"/.pyenv/versions/*/bin/uv .cache/uv/bin/uv; do
        if "$uv" --version >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

# A shim (pyenv's, asdf's) may stand on the path for a version that is not there: only running it tells.
find_python() {
    for python in "${PYTHON:-}" .venv/bin/python "python$wanted" \
        "$HOME"/.pyenv/versions/"$wanted"*/bin/python3 python3.13 python3.12 python3.14 \
        "$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3 python3 python; do
        if fits "$python"; then
            return 0
        fi
    done
    if find_uv; then
        for range in "$wanted" ">=3.12"; do
            python=$("$uv" python find "$range" 2>/dev/null || true)
            if fits "$python"; then
                return 0
            fi
        done
    fi
    return 1
}

fetch_python() {
    if ! find_uv; then
        for old in python3 python "$HOME"/.pyenv/versions/*/bin/python3; do
            if "$old" -m pip install --quiet --target .cache/uv uv >/dev/null 2>&1; then
                break
            fi
        done
        find_uv || return 1
    fi
    echo "Fetching Python $wanted with uv …" >&2
    "$uv" python install "$wanted" >&2 || return 1
    python=$("$uv" python find "$wanted")
    fits "$python"
}

if ! find_python && ! fetch_python; then
    echo "Intermission needs Python 3.12 or newer, and none was found or could be fetched: install one (https://www.python.org/downloads/) and run this again." >&2
    exit 1
fi
if find_uv; then
    UV=$uv
    export UV
fi
exec "$python" config/bootstrap.py "$@"
