"""The API of the community, and the map of all endpoints (urls.py)."""
