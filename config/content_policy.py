"""What a page may load, and where its forms may lead: Content-Security-Policy, as strict as the site can be."""

from collections.abc import Iterable
from typing import Any

from django.utils.csp import CSP


def content_policy(*, pictures_from: Iterable[str], forms_lead_to: Iterable[str], https: bool) -> dict[str, Any]:
    """Everything from the site itself but pictures, which may be in a bucket, and log-in by other services."""
    return {
        "default-src": [CSP.NONE],
        "script-src": [CSP.SELF],
        "style-src": [CSP.SELF],
        "img-src": [CSP.SELF, *pictures_from],
        "font-src": [CSP.SELF],
        "connect-src": [CSP.SELF],
        "manifest-src": [CSP.SELF],
        "object-src": [CSP.NONE],
        "base-uri": [CSP.NONE],
        "form-action": [CSP.SELF, *forms_lead_to],
        "frame-ancestors": [CSP.NONE],
        "upgrade-insecure-requests": https,
    }
