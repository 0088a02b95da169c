"""How long an import of IMDb's files takes, measured against a bare COPY of the very rows that it made.

    python -m bench.imdb [films] [credits]

One embedded PostgreSQL, two fresh databases with the site's migrations: into the first the command imports, out of it
all rows go into files, and from those by COPY into the second, whose tables have the same indexes, constraints and
triggers. Both times are of the same run, one after the other; the seconds of processor, of the server and the command
together, tell them apart where the machine has other work. Needs some 6 GB in TMPDIR for a million films.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from bench import imdb_files
from config import embedded

# In the order in which a COPY may fill them.
TABLES = [
    "films_genre", "films_country", "films_language", "films_person", "films_personid", "films_film", "films_filmid",
    "films_outsidescore", "films_film_genres", "films_alternativetitle", "films_credit",
]  # fmt: skip
# Triggers count these, so a COPY of the rows must begin at nothing.
COUNTED = {"credit_count": "0"}
BLOCK = 1 << 20


def spent(folder: Path) -> float:
    """Seconds of processor that the server and this program's commands have had until now."""
    server = psutil.Process(int((folder / "postgres" / "postmaster.pid").read_text().split()[0]))
    seconds = sum(server.cpu_times()[:4])  # its own, and those of connections that are closed
    for process in server.children():
        with suppress(psutil.NoSuchProcess):
            seconds += sum(process.cpu_times()[:2])
    return seconds + sum(os.times()[:4])


def manage(address: str, folder: Path, *arguments: str) -> tuple[float, float]:
    """Run one of the site's commands: its seconds, and the most memory it had, in MB."""
    environment = os.environ | {"DATABASE_URL": address, "DATA_DIR": str(folder), "ENV_FILE": os.devnull}
    began = time.perf_counter()
    command = subprocess.Popen([sys.executable, "manage.py", *arguments], env=environment)
    _pid, status, used = os.wait4(command.pid, 0)
    command.returncode = os.waitstatus_to_exitcode(status)
    if command.returncode:
        sys.exit(f"manage.py {arguments[0]} ended with {command.returncode}.")
    return time.perf_counter() - began, used.ru_maxrss / 1024


def database(server: str, name: str, folder: Path) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    address = server.replace("/intermission?", f"/{name}?")
    manage(address, folder, "migrate", "--verbosity=0")
    return address


def columns(connection: psycopg.Connection, table: str) -> list[str]:
    return [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position", [table],
        )
    ]  # fmt: skip


def copy_out(address: str, folder: Path) -> dict[str, int]:
    """Every table into a file, in the order of its rows; gives their numbers."""
    numbers = {}
    with psycopg.connect(address) as connection:
        for table in TABLES:
            names = ", ".join(
                f"{COUNTED[name]} AS {name}" if name in COUNTED else name for name in columns(connection, table)
            )
            with (folder / table).open("wb") as file, connection.cursor() as cursor:
                with cursor.copy(f"COPY (SELECT {names} FROM {table} ORDER BY 1) TO STDOUT") as rows:
                    for part in rows:
                        file.write(part)
                numbers[table] = cursor.rowcount
    return numbers


def copy_in(address: str, folder: Path) -> dict[str, float]:
    """Every file into its table; gives the seconds of each, commit and all."""
    times = {}
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("TRUNCATE films_genre, films_country, films_language CASCADE")
        connection.execute("CHECKPOINT")
        for table in TABLES:
            statement = f"COPY {table} ({', '.join(columns(connection, table))}) FROM STDIN"
            began = time.perf_counter()
            with (folder / table).open("rb") as file, connection.cursor() as cursor, cursor.copy(statement) as target:
                while block := file.read(BLOCK):
                    target.write(block)
            times[table] = time.perf_counter() - began
    return times


def main(films: int = 1_000_000, credits: int = 5_000_000) -> None:
    with tempfile.TemporaryDirectory(prefix="im-bench-") as name:
        folder = Path(name)
        os.chmod(folder, 0o755)  # the database's own user must get in
        imdb_files.write(folder / "imdb", films, credits)
        server = embedded.start(folder / "postgres")
        try:
            measure(server, folder)
        finally:
            embedded.stop(folder / "postgres")


def measure(server: str, folder: Path) -> None:
    ours, bare = database(server, "imported", folder), database(server, "copied", folder)
    with psycopg.connect(ours, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    begun = spent(folder)
    took, memory = manage(ours, folder, "import_catalogue", "imdb", str(folder / "imdb"))
    work = spent(folder) - begun
    numbers = copy_out(ours, folder)
    begun = spent(folder)
    times = copy_in(bare, folder)
    bare_work, whole = spent(folder) - begun, sum(times.values())
    print("| table | rows | bare COPY |\n| --- | --- | --- |")
    for table in TABLES:
        print(f"| {table} | {numbers[table]:,} | {times[table]:.1f} s |")
    print(f"import {took:.0f} s, bare COPY {whole:.0f} s: {took / whole:.2f} times as long")
    print(f"of processor {work:.0f} s and {bare_work:.0f} s: {work / bare_work:.2f} times as much")
    print(f"at most {memory:.0f} MB of memory", flush=True)
    again, memory = manage(ours, folder, "import_catalogue", "imdb", str(folder / "imdb"))
    print(f"the same files once more: {again:.0f} s, {memory:.0f} MB")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
