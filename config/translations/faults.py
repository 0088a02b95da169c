"""What is wrong with a translation. Such a sentence stays in English: no page may break by a slip of words."""

import re
from typing import Final

from config.translations.po import Catalogue, Message

PLACE: Final = re.compile(r"%\(\w+\)[.0-9]*[a-zA-Z]|%[ds%]|%|\{\w*\}")
TAG: Final = re.compile(r"</?[a-z][^>]*>")


def fault_of(message: Message, plurals: int) -> str:
    """In a few words, or nothing."""
    if message.asks_many is None and set(message.says) != {0}:
        return "it has plural forms, and the English has none"
    if message.asks_many is not None and len(message.says) != plurals:
        return f"it has {len(message.says)} plural forms where the language has {plurals}"
    asked = [message.asks] if message.asks_many is None else [message.asks, message.asks_many]
    known = _places(asked)
    for text in message.says.values():
        said = _places([text])
        if said - known:
            return f"it names {', '.join(sorted(said - known))}, which the English does not"
        # A number may be left out where a form is for one number alone, and nothing else may.
        if message.asks_many is None and known - said:
            return f"it leaves out {', '.join(sorted(known - said))}"
        if sorted(set(TAG.findall(text))) not in [sorted(set(TAG.findall(one))) for one in asked]:
            return "its tags are not those of the English"
        if text.endswith("\n") != message.asks.endswith("\n") or text.startswith("\n") != message.asks.startswith("\n"):
            return "it begins or ends on another line than the English"
    return ""


def _places(texts: list[str]) -> set[str]:
    """What stands for something else: `%(name)s`, `%d`, `{}`. Beside others a lone % is one: it would break them."""
    found = {place for text in texts for place in PLACE.findall(text)}
    return found - {"%%"} if found - {"%", "%%"} else set()


def faults(catalogue: Catalogue) -> list[str]:
    """Of what is translated, with the line of each."""
    done = [message for message in catalogue.messages if message.is_done]
    told = [(message, fault_of(message, catalogue.plurals)) for message in done]
    return [f"line {message.line}: {fault}: “{message.asks}”" for message, fault in told if fault]
