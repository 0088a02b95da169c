"""Web Push: notices that ring on a member's own devices."""
