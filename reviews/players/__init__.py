"""What players at home say of a film that was watched, a module a player (docs/players.md)."""
