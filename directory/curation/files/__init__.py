"""Open files that others wrote, within bounds: what every importer reads through.

    content = open_content(path, limits)     # size, kind by content, NUL bytes, encoding
    tables_in(content, limits)               # CSV: one table; XLSX: one for each sheet
    document_in(content, expected)           # JSON: the whole
    documents_in(content, expected)          # JSON, or NDJSON line by line

All raise `UnreadableFile` with what we got and what we expected. README.md tells the bounds.
"""
