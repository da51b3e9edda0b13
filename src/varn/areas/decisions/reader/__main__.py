"""`python -m varn.areas.decisions.reader FILE --json`."""

import sys

from .command import main

sys.exit(main())
