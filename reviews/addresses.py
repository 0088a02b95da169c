"""What stands in the addresses of the community's pages besides numbers and slugs."""

from django.urls.converters import StringConverter


class TagInPath(StringConverter):
    """A tag as it is written, slashes (9/11, AC/DC) included. What leads up (. and ..) has no page."""

    regex = r"(?!\.{1,2}/)[^/]+(?:/(?!\.{1,2}/)[^/]+)*"
