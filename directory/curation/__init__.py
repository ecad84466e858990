"""How records get in and stay true. One door in: `publishing`."""
