"""Why what another server sent is not done. Staff reads the words of both beside the arrival."""


class LeftAside(Exception):
    """It is true, perhaps, and nobody here has anything to do about it."""


class Untrue(Exception):
    """It is not proved by the key of whoever it says to be from, or is about what is not theirs."""
