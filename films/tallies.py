"""What PostgreSQL counts, and works out, for the catalogue."""

from dataclasses import dataclass
from typing import Final

from accounts.tallies import Tally

CREDITS: Final = Tally("tally_credits", "films_credit", "person_id", "films_person", {"credit_count": "1"})


@dataclass(frozen=True)
class Formula:
    """Columns of `target` that follow from other columns of the same row `r`, and from the one row of `beside`.

    A trigger keeps them whenever one of `follows` changes. Names and expressions are part of the program.
    """

    name: str
    target: str
    follows: tuple[str, ...]
    numbers: dict[str, str]
    beside: str
    condition: str  # of rows that have them at all

    @property
    def source(self) -> str:
        return self.target

    @property
    def changes(self) -> str:
        """The SET of an UPDATE of the target as `r`, beside what `beside` says."""
        return ", ".join(f"{column} = {expression}" for column, expression in self.numbers.items())

    @property
    def differs(self) -> str:
        return " OR ".join(f"r.{column} IS DISTINCT FROM {expression}" for column, expression in self.numbers.items())

    def differences(self) -> str:
        """A query: id, then stored and true number of each column, of every row that is wrong."""
        pairs = ", ".join(f"r.{column}, {expression}" for column, expression in self.numbers.items())
        return f"SELECT r.id, {pairs} FROM {self.target} r, {self.beside} WHERE {self.differs}"

    def repair(self) -> str:
        """A statement that makes every wrong row right."""
        return f"UPDATE {self.target} r SET {self.changes} FROM {self.beside} WHERE {self.differs}"

    def create(self) -> str:
        """The trigger reads its own row and `beside`, locks nothing, and writes no other row."""
        columns = ", ".join(f"NEW.{column}" for column in self.numbers)
        old, new = (", ".join(f"{row}.{column}" for column in self.follows) for row in ("OLD", "NEW"))
        return f"""
            CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                SELECT {", ".join(self.numbers.values())} INTO {columns} FROM (SELECT NEW.*) r, {self.beside};
                RETURN NEW;
            END $$;
            CREATE TRIGGER {self.name}_insert BEFORE INSERT ON {self.target}
                FOR EACH ROW WHEN (NEW.{self.condition}) EXECUTE FUNCTION {self.name}();
            CREATE TRIGGER {self.name}_update BEFORE UPDATE OF {", ".join(self.follows)} ON {self.target}
                FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION {self.name}();
        """

    def drop(self) -> str:
        triggers = "".join(f"DROP TRIGGER {self.name}_{event} ON {self.target};" for event in ("insert", "update"))
        return f"{triggers} DROP FUNCTION {self.name}();"


# Until the site's own ratings are counted there is no row, and 10 ratings of 3½ stars stand for it.
PRIOR: Final = "(SELECT coalesce(max(weight), 10) AS weight, coalesce(max(mean), 7) AS mean FROM films_prior) p"
# The rule of films/scores.py, in half-stars; and the mean of the squares less the square of the mean.
_WEIGHTED: Final = "round((p.weight * p.mean + r.rating_sum) / (p.weight + r.rating_count), 6)"
_MEAN: Final = "r.rating_sum::numeric / r.rating_count"
_SQUARES: Final = " + ".join(f"{n * n} * r.rating_histogram[{n}]" for n in range(1, 11))
_SPREAD: Final = f"round(({_SQUARES})::numeric / r.rating_count - ({_MEAN}) * ({_MEAN}), 6)"
SCORES: Final = Formula(
    "weigh_film",
    "films_film",
    follows=("rating_count", "rating_sum", "rating_histogram"),
    numbers={
        "rating_weighted": f"CASE WHEN r.rating_count > 0 THEN {_WEIGHTED} END",
        "rating_spread": f"CASE WHEN r.rating_count > 0 THEN {_SPREAD} END",
    },
    beside=PRIOR,
    condition="rating_count > 0",
)

TALLIES: Final = (CREDITS,)
FORMULAS: Final = (SCORES,)
