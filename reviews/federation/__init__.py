"""What members show to other servers, and what comes back from there: docs/federation.md."""
