"""Speaking to machines of others, which members or other servers name, and never to one inside."""
