"""California's list of licensed and certified facilities: CSV, ArcGIS JSON or GeoJSON."""
