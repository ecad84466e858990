"""What importers of public lists share: their names, dates and codes, and how a row becomes facts."""
