"""`python -m artifactory_conformance <verb>`: a thin front."""

from __future__ import annotations

import sys

from artifactory_conformance.command import main

sys.exit(main())
