"""Lint: which listings do not add up. Pure functions over listings; nothing is ever put right here."""
