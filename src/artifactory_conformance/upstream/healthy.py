"""`python -m artifactory_conformance.upstream.healthy URL`: whether a fake catalog answers, as an exit code.

An image without a shell or curl asks itself by this.
"""

import http.client
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

TIMEOUT = 4.0
"""Seconds that the answer may take."""


def main(arguments: Sequence[str]) -> int:
    """Ask the health of the catalog at the URL that is the only argument; 0 if it is well, 1 if not."""
    (url,) = arguments
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/_control/health")
        return 0 if connection.getresponse().status == 200 else 1
    except (OSError, http.client.HTTPException):
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
