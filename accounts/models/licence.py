from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

ADDRESSES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


class Licence(models.TextChoices):
    """How others may use what somebody writes for everybody. The values are the ids of SPDX (https://spdx.org)."""

    RESERVED = "", _("None: all rights reserved")
    BY = "CC-BY-4.0", _("CC BY 4.0: anybody may use it who names me")
    BY_SA = "CC-BY-SA-4.0", _("CC BY-SA 4.0: the same, and what they make of it is as free")
    ZERO = "CC0-1.0", _("CC0 1.0: anybody may use it for anything")

    @property
    def short(self) -> str:
        """What it is called in a line: "CC BY 4.0". Empty where all rights are reserved."""
        return self.value.replace("CC-", "CC ").replace("-4.0", " 4.0").replace("-1.0", " 1.0")

    @property
    def address(self) -> str:
        """Where its text is. Empty where all rights are reserved."""
        return ADDRESSES.get(self.value, "")
