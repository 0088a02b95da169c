"""The site's own backend for PostgreSQL, which sweeps quicker after a test that committed."""
