"""What referral staff do: cases by code, shortlists, tickets that programs answer. Pure rules over a book."""
