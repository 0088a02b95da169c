"""Writing a catalogue in the form that Python's gettext reads."""

import struct

from config.translations.faults import fault_of
from config.translations.po import Catalogue, Message


def compiled(catalogue: Catalogue) -> bytes:
    """Of what is translated and without a fault: the rest stays in English, sentence by sentence."""
    good = [one for one in catalogue.messages if one.is_done and not fault_of(one, catalogue.plurals)]
    texts = {b"": catalogue.header.encode()} | {_key(one): _value(one) for one in good}
    keys, values, tables = b"", b"", []
    for key in sorted(texts):
        tables.append((len(key), len(keys), len(texts[key]), len(values)))
        keys += key + b"\0"
        values += texts[key] + b"\0"
    start = 7 * 4
    keys_at = start + 16 * len(tables)
    values_at = keys_at + len(keys)
    head = struct.pack("<7I", 0x950412DE, 0, len(tables), start, start + 8 * len(tables), 0, 0)
    key_table = b"".join(struct.pack("<2I", size, keys_at + at) for size, at, *_ in tables)
    value_table = b"".join(struct.pack("<2I", size, values_at + at) for *_, size, at in tables)
    return head + key_table + value_table + keys + values


def _key(message: Message) -> bytes:
    asked = message.asks if message.asks_many is None else f"{message.asks}\0{message.asks_many}"
    return (asked if message.context is None else f"{message.context}\x04{asked}").encode()


def _value(message: Message) -> bytes:
    return "\0".join(message.says[form] for form in sorted(message.says)).encode()
