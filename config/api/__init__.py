"""What every endpoint of the API shares. Nothing here knows what a film is, and nothing imports an app."""
