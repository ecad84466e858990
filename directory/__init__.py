"""Stepwise: a directory of intensive outpatient programs, and the matcher that says which ones fit a week."""
