"""Which rows of which lists mean the same site: certain, doubtful or different, each with its reason."""
