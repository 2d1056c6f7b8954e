"""`python -m artifactory_conformance.upstream`."""

import sys

from artifactory_conformance.upstream.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
