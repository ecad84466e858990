"""Our own listing format: JSON, and CSV or XLSX with the same columns (see README.md)."""
