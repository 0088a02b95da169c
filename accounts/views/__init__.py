"""Pages about one's own account that allauth does not bring."""
