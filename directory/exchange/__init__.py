"""How listings read in other formats: our sheets and JSON, HSDS. Pure: records to objects, and back."""
