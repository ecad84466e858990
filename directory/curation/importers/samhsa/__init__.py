"""The SAMHSA National Directory: XLSX of two sheets, or CSV (see README.md)."""
