"""A synthetic country of programs, drawn from published statistics: for trials and benchmarks."""
