"""In which ways a few members can stand to each other, and how each shows what they write: for `tests.privacy`."""

from hypothesis import strategies as st

MEMBERS, WRITERS = 4, 3
member = st.integers(0, MEMBERS - 1)
pair = st.tuples(member, member).filter(lambda two: two[0] != two[1])
visibility = st.sampled_from(["public", "followers", "private"])
arrangements = st.fixed_dictionaries({
    "follows": st.sets(pair, max_size=8),
    "blocks": st.sets(pair, max_size=2),
    "mutes": st.sets(pair, max_size=2),
    "suspended": st.sets(member, max_size=1),
    "private": st.sets(member, max_size=2),
    "seen": st.sets(member, max_size=2),
    "writings": st.lists(
        st.fixed_dictionaries({
            "review": visibility, "draft": st.booleans(), "removed": st.booleans(), "whole": st.booleans(),
            "viewing": visibility, "context": st.booleans(), "mark": visibility, "shelf": visibility,
            "list": st.sampled_from(["public", "link", "followers", "private"]), "list_removed": st.booleans(),
        }),
        min_size=WRITERS, max_size=WRITERS,
    ),
    "comments": st.lists(
        st.tuples(member, st.integers(0, WRITERS - 1), st.sampled_from(["", "deleted", "removed", "taken_down"])),
        max_size=5,
    ),
    "likes": st.sets(st.tuples(member, st.integers(0, WRITERS - 1)), max_size=5),
})  # fmt: skip
