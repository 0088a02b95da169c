"""The film a text is about: decided by evidence, or reported as ambiguous or unknown. Never guessed."""

import re
from collections.abc import Sequence

from films.names import sort_title
from reviews.documents import mentions, subject
from reviews.documents.catalogue import Catalogue
from reviews.documents.evidence import Evidence, FilmReading, Group, Outcome, by_start, name_keys, opening
from reviews.documents.layout import Flow, Word
from reviews.documents.mentions import Mention, Missing, Style
from reviews.documents.misspelling import by_people
from reviews.documents.namesakes import choose

CLEARLY_AHEAD = 0.65  # of the best score: a film with more is a rival
MOST_NAMESAKES = 400


def find(
    flow: Flow,
    words: Sequence[Word],
    found: Sequence[Mention],
    missing: Sequence[Missing],
    headed: set[int],
    directors: set[str],
    catalogue: Catalogue,
) -> FilmReading:
    """`headed` are the indices of heading parts, `directors` the normalised names after "directed by"."""
    groups = _groups(found)
    films = {film.id for group in groups for film in group.films if len(group.films) <= MOST_NAMESAKES}
    names = name_keys(flow.text, words)
    people = len(catalogue.people_called(names))
    credits = catalogue.credits_of(films)
    evidence = Evidence(flow, names, by_start(names), credits, directors, *opening(flow, headed), headed, people)
    for group in groups:
        _weigh(group, evidence)
    groups = sorted((group for group in groups if _is_established(group, evidence)), key=lambda group: -group.score)
    stated = subject.find(flow, headed)
    if groups and stated is not None and not _covers(groups[0], stated) and _outweighs(stated, groups[0]):
        groups = []
    if missing and (not groups or _is_of_missing(missing, groups[0])):
        return FilmReading(Outcome.UNKNOWN, said=missing[0].said)
    if not groups:
        return by_people(flow, words, evidence.names, catalogue) or (
            FilmReading(Outcome.UNKNOWN, said=stated.said) if stated else FilmReading(Outcome.NONE)
        )
    best, *others = groups
    rivals = [group for group in others if group.score >= CLEARLY_AHEAD * best.score]
    if rivals:
        films_ = tuple(film for group in (best, *rivals) for film in group.films)
        return FilmReading(Outcome.AMBIGUOUS, said=best.own[0].said, candidates=films_[:8])
    return choose(best, evidence)


def _is_of_missing(missing: Sequence[Missing], group: Group) -> bool:
    """A sequel that the catalogue lacks is named before the film it has, and as often."""
    named = sum(each.said == missing[0].said for each in missing)
    labelled = any(mention.style is Style.LABEL or mention.year for mention in group.own)
    return not labelled and missing[0].start < group.mentions[0].start and named >= len(group.own)


def _groups(found: Sequence[Mention]) -> list[Group]:
    groups: dict[str, Group] = {}
    for mention in found:
        groups.setdefault(mention.key, Group(mention.films)).mentions.append(mention)
    # A film that is called by two of its titles is one film.
    merged: list[Group] = []
    for group in groups.values():
        same = next((other for other in merged if len(group.films) == 1 and group.films == other.films), None)
        if same is None:
            merged.append(group)
        else:
            same.mentions += group.mentions
    return merged


def _weigh(group: Group, evidence: Evidence) -> None:
    score = 0.0
    years = {film.year for film in group.films}
    for mention in group.mentions:
        weight = {
            Style.LABEL: 4.0,
            Style.QUOTED: 2.0,
            Style.PLAIN: 0.7 if mention.is_single else 1.5,
            Style.LOOSE: 0.4,
        }[mention.style]
        weight += 3.0 if mention.year in years and mention.year is not None else 0.0
        if mention.place in evidence.headed or mention.end <= evidence.first:
            weight *= 1.5
        score += weight * (0.15 if mention.is_passing else 0.5 if mention.is_listed else 1.0)
    group.people = max(
        (2 * directors + others for directors, others in map(evidence.people_of, group.films)), default=0
    )
    group.score = score * (1 + min(group.people, 6) / 3)


def _is_established(group: Group, evidence: Evidence) -> bool:
    """Whether the text can be about this title at all, and does not only happen to hold its words."""
    own = group.own
    years = {film.year for film in group.films} - {None}
    dated = own and any(mention.year in years and not mention.is_passing for mention in group.mentions)
    if dated or any(mention.style is Style.LABEL for mention in own):
        return True
    loose = all(mention.style is Style.LOOSE for mention in own)
    if loose and any(mention.is_single for mention in own):
        return group.people > 1
    if group.people and own and (not own[0].is_single or group.people > 1 or any(_is_named(m, evidence) for m in own)):
        return True
    early = [mention for mention in own if mention.end <= evidence.opening or mention.place in evidence.headed]
    if any(mention.style is Style.QUOTED for mention in early) or sum(m.style is Style.QUOTED for m in own) > 1:
        return True
    if any(mention.is_named for mention in early):
        return True
    telling = [mention for mention in own if not mention.is_single and mention.style is not Style.LOOSE]
    return len(telling) > 1 or any(
        mention.place not in evidence.headed or mention.place == 0 for mention in telling if mention in early
    ) or sum(not mention.is_single for mention in own) > 2  # fmt: skip


IS_A_FILM = re.compile(
    r"^(?:['’]s)?\s+(?:is|was|has|isn['’]t|stars|follows|tells|remains|works|feels|gets|opens|may be|leaves|will|won|"
    r"arrives|comes|returns)\b"
)


def _is_named(mention: Mention, evidence: Evidence) -> bool:
    """A single word that is plainly a title: inside a sentence, or at its start as the one that does something."""
    text = evidence.flow.text
    before = text[max(0, mention.start - 3) : mention.start].rstrip()
    starts_sentence = not before or before[-1] in ".!?:\n"
    return (
        mention.style >= Style.QUOTED
        or not starts_sentence
        or bool(IS_A_FILM.match(text[mention.end : mention.end + 20]))
    )


def _covers(group: Group, stated: "subject.Subject") -> bool:
    keys = {sort_title(title) for film in group.films for title in film.titles}
    if sort_title(stated.said) in keys:
        return True
    said = f" {sort_title(stated.said)} "
    return any(f" {key} " in said and mentions.telling_words(key) for key in keys) or any(
        key.startswith(said.strip() + " ") for key in keys
    )


def _outweighs(stated: "subject.Subject", group: Group) -> bool:
    """Whether the text says plainly that it is about another film than the best one of the catalogue."""
    if group.people > 1 and not stated.is_certain:
        return False
    return stated.is_certain or stated.times >= len(group.own)
