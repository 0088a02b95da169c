"""Pages, each in the module named for it. Pages that two apps share live here, in the upper one."""
