"""The call audit: a random sample is drawn, called, recorded fact by fact, and scored."""
