"""Where, and how far: gazetteer, geodesic miles, travel time, default radius, operator region."""
