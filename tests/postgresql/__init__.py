"""The site's own backend for PostgreSQL, which sweeps less after a test that committed, and quicker."""
