"""Invented programs, so that every feature can be tried on the first run."""
