"""The API of members, and what every endpoint has of them: who asks, how often, and whether for the second time."""
