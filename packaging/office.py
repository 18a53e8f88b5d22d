"""Where the frozen office server starts."""

import sys

from salesdesk.server.cli import main

sys.exit(main())
