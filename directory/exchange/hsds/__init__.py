"""HSDS 3.1 (Open Referral) with our profile: a listing as a service, and a service as a listing.

Pure, and used by exports, importers and the API alike. Core keys hold what HSDS has a place for;
keys of the profile (`PROFILE_KEYS`) hold what it has none for, so that nothing is lost among ourselves.
Every record is valid HSDS 3.0 and 3.1 without them.
"""
