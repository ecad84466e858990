"""How it is asked and shown: pages, API, embed. One dialect of needs, one table of errors."""
