"""Records at rest: claims in SQLite or PostgreSQL, resolved into the listings people see."""
