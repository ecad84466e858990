"""Backups: one state of the store as a folder with checksums, and the way back."""
