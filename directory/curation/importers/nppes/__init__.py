"""Importer `nppes`: the registry of provider numbers, to add to what is listed. Never a person."""
