"""The whole site in one file, and back: `archive` is the file, `dump` and `load` the database, `files` the pictures."""
