"""What the documents say of speed, as programs that anyone can run."""
