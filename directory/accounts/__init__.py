"""Who may do what: staff and the trail of what they did; partners and their keys; keys for machines."""
