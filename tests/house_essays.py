"""The essays of the furnished house, one of each state."""

from typing import Any

from reviews.actions.composing import like_essay
from reviews.actions.moderating import remove_text
from tests import make

DOORS = """Nobody in these films *ever* shuts a door.

## Going in

They are open already, and >!the money is gone!<.

## Going out

> After you, says somebody, and means it.

Ask @bea, who counted them.
"""


def write_essays(house: dict[str, Any]) -> None:
    ana, bea, eli, fay, gus = (house[name] for name in ("ana", "bea", "eli", "fay", "gus"))
    about = {"films": [house["film"], house["other"]], "people": [house["person"]]}
    house["essay"] = make.essay(member=ana, title="Doors that close by themselves", body=DOORS, **about)
    house["essay_covered"] = make.essay(member=bea, title="How they all end", spoilers=True, **about)
    house["essay_followers"] = make.essay(member=ana, title="An essay between us", visibility="followers")
    house["essay_private"] = make.essay(member=ana, title="Only for my drawer", visibility="private")
    house["essay_draft"] = make.essay(member=ana, title="Not ready for any eyes", draft=True)
    house["essay_removed"] = make.essay(member=ana, title="Cheap chairs here")
    house["essay_of_gus"] = make.essay(member=gus, title="Before I was shown out")
    remove_text(moderator=eli, text=house["essay_removed"], rule="spam", reason="An advertisement.")
    make.comment(member=fay, under=house["essay"], body="The third one squeaks.")
    like_essay(member=fay, essay=house["essay"])
