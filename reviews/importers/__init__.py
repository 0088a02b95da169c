"""Members' files from other sites: a module a format, from bytes to rows. None of them asks the database."""
