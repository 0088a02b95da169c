"""Members can be followed from other servers, by ActivityPub: docs/federation.md."""
