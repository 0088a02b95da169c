"""What a member takes along: a module a format, put together by `archive`. They read, and write to a file alone."""
