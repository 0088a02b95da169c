"""What `deploy/` has for systemd."""

import re
from importlib.util import find_spec

from django.core.management import get_commands

from config.env import BASE_DIR


def test_units_of_systemd_start_what_there_is():
    """What `deploy/` says is what is here: a script, a module, a command, and each other's names."""
    units = {path.name: path.read_text() for path in (BASE_DIR / "deploy").glob("intermission*")}
    assert {"intermission.service", "intermission-backup.service", "intermission-backup.timer"} == units.keys()
    begins = re.findall(r"^Exec\w+=(.*)$", "\n".join(units.values()), re.MULTILINE)
    scripts = [script for line in begins for script in re.findall(r"[\w/]+\.(?:sh|py)\b", line)]
    assert sorted(scripts) == ["config/bootstrap.sh", "manage.py"] and all(
        (BASE_DIR / script).is_file() for script in scripts
    )
    modules = [module for line in begins for module in re.findall(r" -m (\S+)", line)]
    assert modules == ["config.run"] and find_spec("config.run")
    [command] = (found[1] for line in begins if (found := re.search(r"manage\.py (\w+)", line)))
    assert command in get_commands()
