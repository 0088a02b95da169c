#!/bin/sh
# The static checks, each by its own tool; every one runs, and any failure fails the whole.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=0

check() {
    echo "lint: $1"
    shift
    "$@" || failed=1
}

# Nothing here may depend on this machine's site or touch its data: settings of a production site, and no database.
DATA_DIR=$(mktemp -d)
trap 'rm -rf "$DATA_DIR"' EXIT
export DATA_DIR
export DATABASE_URL=postgresql://nobody@127.0.0.1:1/none
export SITE_URL=https://films.example.org
export ALLOWED_HOSTS=films.example.org
export EMAIL_URL=smtp://mail.example.org:587
export SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ
export DEBUG=no

check "ruff" $bin/ruff check .
check "format" $bin/ruff format --check .
check "types" $bin/mypy .
check "migrations" $bin/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
check "deployment" $bin/python manage.py check --deploy --fail-level WARNING
exit $failed
