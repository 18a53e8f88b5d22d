"""`python -m salesdesk.server`."""

import sys

from salesdesk.server.cli import main

sys.exit(main())
