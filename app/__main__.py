"""`python -m app`: the same as the command `telaah`."""

import sys

from app.startup import main

if __name__ == "__main__":
    sys.exit(main())
