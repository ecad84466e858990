"""The tree of the listing format, checked and made into records; importers of any source hand one over."""
