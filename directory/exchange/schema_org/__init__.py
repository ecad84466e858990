"""A program as schema.org tells it to search engines: only what is current, nothing of an invented one.

No vocabulary of schema.org says unknown, old or disputed; so what is, is left out. Ratings are never
given. What it carries: docs/formats.md.
"""
