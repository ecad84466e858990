"""Public lists and pages, transcribed into the listing format with a source for each fact."""
