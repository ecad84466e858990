"""What may not drift silently: labelled queries, their figures, and rankings for Pasadena needs."""
