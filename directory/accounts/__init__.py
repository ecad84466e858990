"""Who may do what: keys for machines."""
