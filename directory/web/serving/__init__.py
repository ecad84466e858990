"""How requests come in: threads are for those that are there whole."""
