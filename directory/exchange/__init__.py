"""How listings read elsewhere: sheets, our JSON, HSDS, GeoJSON, schema.org. Pure: records, and back.

Open data is the one thing written to disk here: files of a generation, with their manifest.
"""
