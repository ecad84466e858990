"""`python -m directory`: every command of the product."""

import sys

from directory.cli import main

if __name__ == "__main__":
    sys.exit(main())
