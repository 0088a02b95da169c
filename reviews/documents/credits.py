"""Who did what on the film, as the text states it: "Ansel Elgort (Baby)", "Jon Hamm as Buddy", "directed by …"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from films.models import Job
from films.names import normalise
from reviews.documents.catalogue import KnownCredit, KnownPerson
from reviews.documents.layout import Flow, sentences
from reviews.documents.mentions import Mention
from reviews.documents.names import LONGEST_NAME, Run, misspelt

LONGEST_CHARACTER = 60
BRACKETS = re.compile(r"\s?\(([^()\n]{1,80})\)")
NO_CHARACTER = re.compile(
    r"\d{3,4}|[:;“”\"/]|^(?:the )?(?:director|actor|actress|writer|star|voice|cameo|uncredited|aka|also)\b"
)
CAST_BEFORE = re.compile(
    r"\b(?:stars?|starring|cast(?:ing)?|featur(?:es|ing)|plays?|played|with|besetzung|avec|con)\b", re.IGNORECASE
)
AS = re.compile(
    r"^,?\s+(?:(?:is|was|shines|returns|plays|appears|stars)\s+(?:\w+\s+){0,2})?(?:as|als)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
PLAYS = re.compile(
    r"^,?\s+(?:who\s+)?(?:also\s+)?(?:plays?|portrays?|played|portrayed|voices|spielt)\s+(?:the\s+)?$", re.IGNORECASE
)
PLAYED_BY = re.compile(
    r"^\s*,?\s*\(?(?:is\s+|are\s+|as\s+)?(?:played|portrayed|voiced|gespielt)\s+(?:\w+ly\s+)?(?:by|von)\s+$",
    re.IGNORECASE,
)
AND = re.compile(r"^(?:,\s*(?:and\s+)?|\s*(?:and|und|&|et|y)\s+|,?\s+with\s+)$", re.IGNORECASE)
# "as the titular Baby", "Kevin Spacey's Doc": only for a character of whom there are other signs.
LOOSELY = re.compile(r"^(?:,?\s+(?:\w+\s+)?as\s+(?:the|a|an)\s+(?:[a-z-]+,?\s+){1,3}|['’]s?\s+)$")
PRONOUNS = {"i", "he", "she", "it", "they", "we", "you", "this", "that", "his", "her", "the", "but", "and", "in", "as"}

JOBS = {
    Job.DIRECTOR: r"(?:co-)?directed by|director(?:s|\(s\))?\s*:?|dir\.|helmed by|filmmaker|a film by|"
    r"regie\s*:?|réalisé par",
    Job.WRITER: r"(?:co-)?written(?: and directed)? by|writer(?:s|\(s\))?\s*:?|screenplay(?: is)?(?: by|\s*:)|"
    r"scripted by|"
    r"screenwriter|drehbuch\s*:?",
    Job.PRODUCER: r"produced by|producers?\s*:",
    Job.CINEMATOGRAPHER: r"shot by|photographed by|lensed by|cinematography(?: is)?(?: by|\s*:)|cinematographer\s*:?|"
    r"director of photography",
    Job.EDITOR: r"edited by|editing(?: is)?(?: by|\s*:)|editor\s*:?",
    Job.COMPOSER: r"scored by|composed by|(?:music|score)(?: is)?(?: by|\s*:)|composer\s*:?|musik\s*:?",
    Job.COSTUME_DESIGNER: r"costumes?(?: design(?:ed|er)?)?(?: by|\s*:)|costume designer",
}
STATED = {job: re.compile(rf"(?<![\w-])(?:{pattern})\s*$", re.IGNORECASE) for job, pattern in JOBS.items()}
CAST = re.compile(r"(?<![\w-])(?:starring|cast\s*:|stars\s*:|starring\s*:|besetzung\s*:|mit\s*:)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedCredit:
    """`person` is None when the catalogue knows nobody of that name; `is_known` when it has this credit already."""

    name: str
    job: str
    character: str = ""
    person: KnownPerson | None = None
    is_known: bool = False


class Cast:
    """The people of the film, by name; a letter or two may be wrong."""

    def __init__(self, credits: Sequence[KnownCredit], others: dict[str, KnownPerson]) -> None:
        self.credits = credits
        self.names = {normalise(credit.person.name): credit.person for credit in credits}
        self.others = others  # people elsewhere in the catalogue whom the text names

    def who(self, name: str) -> KnownPerson | None:
        key = normalise(name)
        return self.names.get(key) or self.others.get(key) or misspelt(key, self.names)

    def trimmed(self, run: Run) -> Run:
        """`run` without the words before a known name ("Director Edgar Wright")."""
        words = run.text.split(" ")[-LONGEST_NAME - 1 :]
        for drop in range(len(words) - 1):
            rest = " ".join(words[drop:])
            if self.who(rest):
                return Run(rest, run.end - len(rest), run.end)
        return run

    def has(self, person: KnownPerson | None, job: str, character: str) -> bool:
        return person is not None and any(
            credit.person.id == person.id
            and credit.job == job
            and (not character or _same(character, credit.character))
            for credit in self.credits
        )

    def plays(self, character: str) -> bool:
        return any(_same(character, credit.character) for credit in self.credits if credit.character)


def find(
    flow: Flow, found: Sequence[Run], mentions: Sequence[Mention], film: int | None, cast: Cast
) -> list[StatedCredit]:
    """Each credit once, in the order of the text; only those the text states of its own film."""
    stated: dict[tuple[str, str], StatedCredit] = {}
    for start, name, job, character in sorted([*_jobs(flow, found, cast), *_characters(flow, found, mentions, cast)]):
        if _is_of_another_film(flow.text, start, mentions, film):
            continue
        person = cast.who(name)
        key = (normalise(person.name if person else name), job)
        credit = StatedCredit(name, job, character, person, cast.has(person, job, character))
        if key not in stated or (character and not stated[key].character):
            stated[key] = credit
    return list(stated.values())


def directors(flow: Flow, found: Sequence[Run]) -> set[str]:
    """Whom the text says a film is directed by, as names are compared."""
    return {
        run.key
        for position, run in enumerate(found)
        if re.search(
            r"(?<![\w-])(?:directed by|director:)\s*$", flow.text[max(0, run.start - 20) : run.start], re.IGNORECASE
        )
        and len(run.text.split()) > 1
        for run in _list_from(flow.text, found, position)
    }


def _jobs(flow: Flow, found: Sequence[Run], cast: Cast) -> Iterator[tuple[int, str, str, str]]:
    text = flow.text
    for position, run in enumerate(found):
        before = text[max(0, run.start - 40) : run.start]
        jobs = [job for job, pattern in STATED.items() if pattern.search(before)]
        if re.search(r"(?:written and directed|directed and written) by\s*$", before, re.IGNORECASE):
            jobs = [Job.WRITER, Job.DIRECTOR]
        if CAST.search(before):
            jobs = [Job.ACTOR]
        for job in jobs:
            for each in _list_from(text, found, position):
                if _is_name(each.text) or cast.who(each.text):
                    yield each.start, each.text, job, ""


def _list_from(text: str, found: Sequence[Run], position: int) -> Iterator[Run]:
    """The names of "A, B and C", from A on."""
    yield found[position]
    for one, other in zip(found[position:], found[position + 1 :], strict=False):
        if not AND.match(text[one.end : other.start]) or not _is_name(other.text):
            return
        yield other


def _is_name(text: str) -> bool:
    words = text.split()
    return 1 < len(words) <= 5 and words[0].lower() not in PRONOUNS


def _characters(
    flow: Flow, found: Sequence[Run], mentions: Sequence[Mention], cast: Cast
) -> Iterator[tuple[int, str, str, str]]:
    text = flow.text
    yield from _bracketed(flow, found, mentions, cast)
    for position, run in enumerate(found):
        actor = cast.trimmed(run)
        is_person = bool(cast.who(actor.text)) or (_is_name(actor.text) and _is_of_people(run.text))
        following = found[position + 1] if position + 1 < len(found) else None
        if following is None or "\n" in text[run.end : following.start]:
            continue
        between = text[run.end : following.start]
        if is_person and (AS.match(between) or PLAYS.match(between)) and len(following.text) <= LONGEST_CHARACTER:
            article = re.search(r"\bthe\s+$", between)
            yield actor.start, actor.text, Job.ACTOR, ("The " if article else "") + following.text
        if is_person and (LOOSELY.match(between) and _is_known_role(flow, actor, following, mentions, cast)):
            yield actor.start, actor.text, Job.ACTOR, following.text
        if PLAYED_BY.match(between) and not cast.who(run.text):
            yield from _respectively(text, found, position, cast)
        if between in ("(", " (") and cast.who(following.text) and not cast.who(run.text):
            if (
                text[following.end : following.end + 1] == ")"
                and run.text.lower() not in PRONOUNS
                and _single_name(run.text)
            ):
                yield following.start, following.text, Job.ACTOR, run.text


def _bracketed(
    flow: Flow, found: Sequence[Run], mentions: Sequence[Mention], cast: Cast
) -> Iterator[tuple[int, str, str, str]]:
    """ "Ansel Elgort (Baby)". Where one of them is certain, single words in the brackets after others are too."""
    brackets = []
    for run in found:
        actor, bracket = cast.trimmed(run), BRACKETS.match(flow.text, run.end)
        if bracket and (cast.who(actor.text) or (_is_name(actor.text) and _is_of_people(run.text))):
            brackets.append((actor, bracket, _is_character(flow, bracket, run, mentions, cast)))
    any_certain = any(certain for *_, certain in brackets)
    for actor, bracket, certain in brackets:
        said = bracket[1].strip()
        if certain or (any_certain and said.isalpha() and said[0].isupper() and not _is_denied(actor, said, cast)):
            yield actor.start, actor.text, Job.ACTOR, said


def _is_denied(actor: Run, said: str, cast: Cast) -> bool:
    """The catalogue has the actor in another part: the brackets most likely hold another film of theirs."""
    person = cast.who(actor.text)
    return person is not None and any(
        c.person.id == person.id and c.character and not _same(said, c.character) for c in cast.credits
    )


def _is_known_role(flow: Flow, actor: Run, role: Run, mentions: Sequence[Mention], cast: Cast) -> bool:
    if any(m.start <= role.start < m.end and not m.is_single for m in mentions):
        return False
    person = cast.who(actor.text)
    acts = person is not None and any(c.person.id == person.id and c.job == Job.ACTOR for c in cast.credits)
    times = len(re.findall(rf"(?<!\w){re.escape(role.text)}(?!\w)", flow.text))
    return cast.plays(role.text) or (acts and times > 2 and _single_name(role.text))


def _single_name(text: str) -> bool:
    return len(text.split()) <= 3


def _respectively(text: str, found: Sequence[Run], position: int, cast: Cast) -> Iterator[tuple[int, str, str, str]]:
    """ "Jack and Rose, played by Leonardo DiCaprio and Kate Winslet": in pairs, when there are as many of each."""
    characters = [found[position]]
    for one, other in zip(reversed(found[:position]), reversed(found[: position + 1]), strict=False):
        if not AND.match(text[one.end : other.start]) or cast.who(one.text):
            break
        characters.insert(0, one)
    actors = [run for run in _list_from(text, found, position + 1) if cast.who(run.text) or _is_name(run.text)]
    if len(actors) == len(characters) or len(actors) == 1:
        for character, actor in zip(characters[-len(actors) :], actors, strict=True):
            if character.text.lower() not in PRONOUNS:
                yield actor.start, actor.text, Job.ACTOR, character.text


def _is_character(flow: Flow, bracket: re.Match[str], run: Run, mentions: Sequence[Mention], cast: Cast) -> bool:
    """Whether the brackets after a name hold the character, and not what else the person is known for."""
    said = bracket[1].strip()
    if cast.plays(said):
        return True
    if len(said) > LONGEST_CHARACTER or NO_CHARACTER.search(said) or "," in said or not said[0].isupper():
        return False
    if _is_denied(cast.trimmed(run), said, cast):
        return False
    elsewhere = len(re.findall(rf"(?<!\w){re.escape(said)}(?!\w)", flow.text)) > 1
    sentence = next(s for s in sentences_around(flow.text, run.start))
    listed = CAST_BEFORE.search(flow.text[sentence[0] : run.start]) is not None
    titled = any(m.start >= bracket.start(1) and m.end <= bracket.end(1) and not m.is_single for m in mentions)
    return (elsewhere or listed) and not (titled and not elsewhere)


def sentences_around(text: str, position: int) -> Iterator[tuple[int, int]]:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    line = text[start : end if end >= 0 else len(text)]
    for sentence in sentences(line):
        if start + sentence.end > position:
            yield start + sentence.start, start + sentence.end
            return
    yield start, start + len(line)


def _is_of_people(text: str) -> bool:
    """Two or three words, none of them shouted: likelier a person than a place, a brand or a heading."""
    return len(text.split()) <= 3 and not text.isupper()


def _same(said: str, known: str) -> bool:
    """`Debora`, `Deborah` and `Debora "Deb" Miller` are one character."""
    one, other = normalise(said), normalise(known)
    if not one or not other:
        return False
    return one == other or f" {one} " in f" {other} " or f" {other} " in f" {one} " or (
        len(one) > 4 and len(other) > 4 and (one.startswith(other) or other.startswith(one))
    )  # fmt: skip


def _is_of_another_film(text: str, start: int, mentions: Sequence[Mention], film: int | None) -> bool:
    """The last film named before, in the same sentence, is not the one the text is about."""
    begin, _ = next(sentences_around(text, start))
    before = [m for m in mentions if begin <= m.start and m.end <= start and not m.is_single]
    return bool(before) and film is not None and all(known.id != film for known in before[-1].films)
