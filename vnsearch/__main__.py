"""The process of a command: `python -m vnsearch` and `vnsearch` are the same."""

import gc
import sys

OBJECTS = 100_000
"""How many objects more than were freed are made before garbage is looked for: more than a search makes."""


def run() -> int:
    """Run the command line of this process, and return its exit status.

    What is made while a command starts stays until its end, and then the system takes all memory at once. So the
    collector does not look through it again and again for what could be freed, and not a last time at the end.
    """
    gc.set_threshold(OBJECTS)
    from .app.main import main

    try:
        return main()
    finally:
        gc.freeze()


if __name__ == "__main__":
    sys.exit(run())
