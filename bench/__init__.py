"""How fast and how well, beside what one would pick instead. `python -m bench` prints it all."""
