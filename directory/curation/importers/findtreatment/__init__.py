"""FindTreatment.gov: answers of its API (v2), saved as files (see README.md)."""
