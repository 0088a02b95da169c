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

# Nothing here may depend on this machine's site or touch its data: the settings of a public site, and an empty database.
DATA_DIR=$(mktemp -d)
chmod 755 "$DATA_DIR" # the database's own user must get in
trap 'rm -rf "$DATA_DIR"' EXIT
export DATA_DIR
export ENV_FILE=/dev/null
unset DATABASE_URL
export SITE_URL=https://films.example.org
export ALLOWED_HOSTS=films.example.org
export EMAIL_URL=smtp://mail.example.org:587
export SECRET_KEY=0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ
export DEBUG=no

check "ruff" $bin/ruff check .
check "format" $bin/ruff format --check .
check "types" env DATABASE_URL=postgresql://nobody@127.0.0.1:1/none $bin/mypy .
check "migrations" $bin/python manage.py makemigrations --check --dry-run
check "deployment" $bin/python manage.py check --deploy --fail-level WARNING
exit $failed
