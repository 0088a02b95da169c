"""Telling members' programs at their own addresses what happens: docs/webhooks.md."""
