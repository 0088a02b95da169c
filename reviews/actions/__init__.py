"""What members and moderators do. Page, API, admin and importer call the same action."""
