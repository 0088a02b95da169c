"""Gives films and people their addresses, all at once: `title-year`, namesakes `-2`, `-3` by their ids at IMDb."""

from films.importers.imdb.tables import execute

MOST_ROUNDS = 100


def give_addresses(table: str, *taken: str) -> None:
    """Fill the slug of every new row of `table` from its base; none that stands in the `taken` tables already."""
    execute("DROP TABLE IF EXISTS imdb_address")
    execute(
        f"""CREATE UNLOGGED TABLE imdb_address AS
            SELECT id, base, n, CASE n WHEN 1 THEN base ELSE base || '-' || n END AS slug
            FROM (SELECT id, base, row_number() OVER (PARTITION BY base ORDER BY id) AS n FROM {table} WHERE fresh) t"""
    )
    execute("ANALYZE imdb_address")
    for _round in range(MOST_ROUNDS):
        if not _move_on(taken):
            break


def _move_on(taken: tuple[str, ...]) -> int:
    """Give those whose address is taken the next number after all of the same base. Returns how many there were."""
    clashes = " UNION ".join(
        [f"SELECT a.id FROM imdb_address a JOIN {other} o ON o.slug = a.slug" for other in taken]
        # Only numbered addresses can meet: those of another film whose title ends in that very number.
        + ["SELECT a.id FROM imdb_address a JOIN imdb_address b ON b.slug = a.slug AND b.base <> a.base WHERE a.n > 1"]
    )
    return execute(
        f"""WITH clash AS ({clashes}),
            last AS (SELECT base, max(n) AS n FROM imdb_address
                     WHERE base IN (SELECT base FROM imdb_address JOIN clash USING (id)) GROUP BY base),
            next AS (SELECT a.id, l.n + row_number() OVER (PARTITION BY a.base ORDER BY a.id) AS n
                     FROM imdb_address a JOIN clash USING (id) JOIN last l ON l.base = a.base)
            UPDATE imdb_address a SET n = next.n, slug = a.base || '-' || next.n FROM next WHERE next.id = a.id"""
    )
