"""The command line of the service."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from artifactory_conformance.serving import UnusableTls, add_tls_arguments, serve, tls_of
from artifactory_conformance.upstream.application import build_application
from artifactory_conformance.upstream.folder import UnusableFolder, read_folder
from artifactory_conformance.upstream.layouts import Layout

EXIT_UNUSABLE_CATALOG = 4


def main(argv: Sequence[str]) -> int:
    """Serve until told to stop, and give the exit code; what cannot be served is one line on stderr and code 4."""
    options = _parser().parse_args(argv)
    try:
        tls = tls_of(options)
        offered = read_folder(options.catalog_dir) if options.catalog_dir else ()
    except (UnusableFolder, UnusableTls) as error:
        print(error, file=sys.stderr)
        return EXIT_UNUSABLE_CATALOG
    application = build_application(options.layout, offered=offered, canary=options.canary)
    return serve(
        application, port=options.port, bind=options.bind, until_stdin_closes=options.until_stdin_closes, tls=tls
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m artifactory_conformance.upstream",
        description="A fake of the catalog, or of the public index, that is driven over HTTP below /_control/.",
    )
    parser.add_argument("--port", type=int, required=True, help="0 takes a free port")
    parser.add_argument("--layout", type=Layout, choices=list(Layout), default=Layout.CATALOG)
    parser.add_argument("--catalog-dir", type=Path, help="a folder of wheels and sdists that is offered as well")
    parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when the starter's pipe closes")
    add_tls_arguments(parser)
    parser.add_argument("--canary", default="", help="text that every generated password begins with")
    return parser
