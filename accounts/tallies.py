"""Tallies that PostgreSQL keeps itself, in the transaction of the row that changes them.

A `Tally` names each stored number and the expression that one source row adds to it. From that one place come
the statement-level triggers (exact whichever path writes, under any concurrency, and cheap for bulk loads) and
the recount that `check_integrity` compares with.
"""

from dataclasses import dataclass
from typing import Final

ROWS: Final = {
    "INSERT": "SELECT 1 AS sign, * FROM added",
    "DELETE": "SELECT -1 AS sign, * FROM gone",
    "UPDATE": "SELECT 1 AS sign, * FROM added UNION ALL SELECT -1 AS sign, * FROM gone",
}
TABLES: Final = {
    "INSERT": "NEW TABLE AS added",
    "DELETE": "OLD TABLE AS gone",
    "UPDATE": "OLD TABLE AS gone NEW TABLE AS added",
}


@dataclass(frozen=True)
class Tally:
    """`numbers` maps a column of `target` to what a row `r` of `source` counts there, found by `key`.

    Names and expressions are part of the program, never anybody's input.
    """

    name: str
    source: str
    key: str
    target: str
    numbers: dict[str, str]

    def _deltas(self, rows: str) -> str:
        sums = ", ".join(
            f"sum(r.sign * ({expression}))::bigint AS n{i}" for i, expression in enumerate(self.numbers.values())
        )
        return f"SELECT r.{self.key} AS id, {sums} FROM ({rows}) r WHERE r.{self.key} IS NOT NULL GROUP BY r.{self.key}"

    def _trigger(self, event: str) -> str:
        rows = ROWS[event]
        changes = ", ".join(f"{column} = t.{column} + d.n{i}" for i, column in enumerate(self.numbers))
        differs = " OR ".join(f"d.n{i} <> 0" for i in range(len(self.numbers)))
        function = f"{self.name}_{event.lower()}"
        # Target rows are locked in the order of their ids first, so that two statements cannot lock each other out.
        return f"""
            CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM {self.target} WHERE id IN (SELECT r.{self.key} FROM ({rows}) r)
                    ORDER BY id FOR NO KEY UPDATE;
                UPDATE {self.target} t SET {changes} FROM ({self._deltas(rows)}) d WHERE t.id = d.id AND ({differs});
                RETURN NULL;
            END $$;
            CREATE TRIGGER {function} AFTER {event} ON {self.source}
                REFERENCING {TABLES[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}();
        """

    def create(self) -> str:
        return "".join(self._trigger(event) for event in ROWS)

    def drop(self) -> str:
        names = [f"{self.name}_{event.lower()}" for event in ROWS]
        return "".join(f"DROP TRIGGER {n} ON {self.source}; DROP FUNCTION {n}();" for n in names)

    def _recount(self) -> str:
        zeroes = ", ".join(f"coalesce(d.n{i}, 0) AS n{i}" for i in range(len(self.numbers)))
        rows = f"SELECT 1 AS sign, * FROM {self.source}"
        return f"SELECT t.id, {zeroes} FROM {self.target} t LEFT JOIN ({self._deltas(rows)}) d ON d.id = t.id"

    def _differs(self) -> str:
        return " OR ".join(f"t.{column} <> c.n{i}" for i, column in enumerate(self.numbers))

    def differences(self) -> str:
        """A query: id, then stored and true number of each column, of every target row that is wrong."""
        pairs = ", ".join(f"t.{column}, c.n{i}" for i, column in enumerate(self.numbers))
        counted = f"{self.target} t JOIN ({self._recount()}) c ON c.id = t.id"
        return f"SELECT t.id, {pairs} FROM {counted} WHERE {self._differs()}"

    def repair(self) -> str:
        """A statement that makes every wrong row right."""
        changes = ", ".join(f"{column} = c.n{i}" for i, column in enumerate(self.numbers))
        return (
            f"UPDATE {self.target} t SET {changes} FROM ({self._recount()}) c WHERE c.id = t.id AND ({self._differs()})"
        )


# Somebody who is suspended follows nobody, and is followed by nobody, until they are back.
FOLLOWERS: Final = Tally(
    "tally_followers",
    "accounts_follow",
    "followed_id",
    "accounts_user",
    {"follower_count": "(NOT r.follower_set_aside)::int"},
)
FOLLOWING: Final = Tally(
    "tally_following",
    "accounts_follow",
    "follower_id",
    "accounts_user",
    {"following_count": "(NOT r.followed_set_aside)::int"},
)

TALLIES: Final = (FOLLOWERS, FOLLOWING)

# What a suspended member did is set aside wherever it is counted, by whichever path they were suspended.
FOLLOWS_OF_THE_SUSPENDED: Final = """
    CREATE FUNCTION set_follows_aside() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE accounts_follow SET follower_set_aside = NOT NEW.is_active
            WHERE follower_id = NEW.id AND follower_set_aside = NEW.is_active;
        UPDATE accounts_follow SET followed_set_aside = NOT NEW.is_active
            WHERE followed_id = NEW.id AND followed_set_aside = NEW.is_active;
        RETURN NULL;
    END $$;
    CREATE TRIGGER set_follows_aside AFTER UPDATE OF is_active ON accounts_user
        FOR EACH ROW WHEN (OLD.is_active <> NEW.is_active) EXECUTE FUNCTION set_follows_aside();
"""
