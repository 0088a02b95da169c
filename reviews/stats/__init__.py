"""What a member saw, counted: films, hours, years, and what stands out among them."""
