#!/usr/bin/env python
"""Django's command line for Intermission."""

import os
import sys

from config import room
from config.env import BadSetting


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, connection

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as bad:
        sys.exit(str(bad))
    except OperationalError as trouble:
        if connection.connection is not None:
            raise
        sys.exit(f"The database cannot be reached (DATABASE_URL says where it is): {trouble}")
    except OSError as trouble:
        if not room.is_lacking(trouble):
            raise
        sys.exit(room.LACKING)


if __name__ == "__main__":
    main()
