"""Who may do what: staff accounts, sign-ins, roles, the trail of what staff did; keys for machines."""
