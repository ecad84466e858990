"""Where, and how far."""
