"""Reading a text: what it is, which film it is about, and what it states. `reader.read` is the way in.

Everything here works on the text alone, with the catalogue asked through a small protocol, and nothing
here writes. Where the text leaves room for doubt the doubt is reported: a film, a rating or a date is
never guessed.
"""
