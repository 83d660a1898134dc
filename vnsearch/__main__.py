"""`python -m vnsearch` is the command `vnsearch`."""

import sys

from .app.main import main

if __name__ == "__main__":
    sys.exit(main())
