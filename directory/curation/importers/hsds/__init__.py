"""Importer `hsds`: services of the Human Services Data Specification, ours and those of others."""
