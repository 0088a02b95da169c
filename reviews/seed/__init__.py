"""What a new site says of films before anybody has joined: the house's own texts, and no invented member."""
