"""The compositions, and which of them lean towards which genre."""

from collections.abc import Callable

from films.press.families.fields import arcs, bauhaus, halftone, petals, spiral, truchet
from films.press.families.letters import initial, letter_of
from films.press.families.places import beam, horizon, orbit, road, steps, windows
from films.press.families.rhythms import overture, ridges, waveform
from films.press.press import Press

type Composition = Callable[[Press], None]

FAMILIES: dict[str, Composition] = {
    family.__name__: family
    for family in (
        arcs,
        overture,
        bauhaus,
        halftone,
        waveform,
        horizon,
        spiral,
        beam,
        windows,
        ridges,
        truchet,
        initial,
        orbit,
        road,
        steps,
        petals,
    )
}
LEANINGS = {
    "action": "road overture spiral waveform",
    "adventure": "horizon orbit ridges road",
    "animation": "petals bauhaus truchet horizon orbit",
    "comedy": "bauhaus truchet initial arcs petals",
    "crime": "road windows steps halftone overture",
    "documentary": "halftone windows beam initial waveform",
    "drama": "horizon initial ridges halftone petals arcs windows overture bauhaus",
    "family": "petals horizon bauhaus arcs",
    "fantasy": "orbit petals ridges horizon spiral",
    "history": "arcs steps beam initial ridges",
    "horror": "spiral ridges steps halftone",
    "music": "waveform overture truchet arcs spiral",
    "musical": "waveform overture truchet arcs petals",
    "mystery": "windows spiral steps halftone initial",
    "romance": "petals arcs horizon initial overture",
    "science fiction": "orbit ridges halftone spiral waveform",
    "silent": "beam arcs initial overture bauhaus",
    "thriller": "spiral windows steps ridges halftone",
    "war": "ridges horizon halftone steps",
    "western": "horizon ridges road steps",
}


def family_of(press: Press) -> str:
    """The composition for a press's film: the editor's choice, else one of those its genre leans to."""
    asked = press.subject.family
    leaning = LEANINGS.get(press.subject.genre.lower(), " ".join(FAMILIES)).split()
    thrown = press.rng.choice(leaning)
    chosen = asked if asked in FAMILIES else thrown
    if chosen == "initial" and not letter_of(press):
        return next((family for family in leaning if family != "initial"), "petals")
    return chosen
