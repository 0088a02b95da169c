from django.db import models
from django.utils.translation import gettext_lazy as _


class Trouble(models.TextChoices):
    """Why an attempt to send something to somebody else's machine failed."""

    STATUS = "status", _("answered with an error")
    REDIRECT = "redirect", _("answered with a redirect, which is not followed")
    TIMEOUT = "timeout", _("took too long")
    NAME = "name", _("its name leads nowhere")
    ADDRESS = "address", _("its name leads into a network that is not public")
    TLS = "tls", _("its certificate could not be trusted")
    UNREACHABLE = "unreachable", _("could not be reached")
