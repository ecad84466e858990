"""What curators have to look at: conflicts, findings, old facts, the most important ones first."""
