"""`python -m artifactory_conformance.reference`: start the reference model as a service."""

import argparse
import ssl
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from mousebender.simple import APIVersionWarning

from artifactory_conformance.reference.app import application
from artifactory_conformance.reference.fault import Fault
from artifactory_conformance.reference.first_start import UnreadableImport, import_repositories
from artifactory_conformance.reference.hold import Hold
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.outbound import is_loopback
from artifactory_conformance.reference.profiles import PROFILES, UnknownProfile, profile_named
from artifactory_conformance.reference.switches import UnknownSwitch
from artifactory_conformance.serving import UnusableTls, add_tls_arguments, serve, tls_of

EXIT_MALFORMED = 4


class MalformedOption(Exception):
    """An option whose value cannot be used."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, serve until told to stop, and give the exit code; 4 for settings that do not exist."""
    options = _parser().parse_args(arguments)
    try:
        profile = profile_named(options.profile)
        switches = profile.switch_set(dict(_pair(given) for given in options.switch))
        faults = _faults(options)
        public_index = _public_index(options.public_index)
        trusted = _trusted(options.ca_bundle)
        tls = tls_of(options)
    except (UnknownProfile, UnknownSwitch, MalformedOption, UnusableTls) as error:
        print(error, file=sys.stderr)
        return EXIT_MALFORMED
    warnings.filterwarnings("ignore", category=APIVersionWarning)
    state_dir = Path(options.state_dir) if options.state_dir else None
    instance = Instance(profile, switches, public_index=public_index, state_dir=state_dir, trusted=trusted)
    try:
        import_repositories(instance, state_dir)
    except UnreadableImport as error:
        print(error, file=sys.stderr)
        return EXIT_MALFORMED
    for fault in faults:
        fault.install(Hold(instance, fault.name, only_try=options.try_all_defects))
    app = application(instance)
    seams = instance.seams
    return serve(
        app,
        port=options.port,
        bind=seams.bind or options.bind,
        until_stdin_closes=options.until_stdin_closes,
        tls=tls,
        below=seams.below,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m artifactory_conformance.reference", description=main.__doc__)
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 takes a free one")
    parser.add_argument("--bind", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--profile", default="7.84-pro", help=f"what to play: {', '.join(PROFILES)}")
    parser.add_argument("--switch", action="append", default=[], metavar="NAME=VALUE", help="settle one open question")
    parser.add_argument("--defect", action="append", default=[], metavar="NAME", help="break it in this way")
    parser.add_argument("--variation", action="append", default=[], metavar="NAME", help="answer in this other form")
    parser.add_argument(
        "--try-all-defects", action="store_true", help="break nothing; /_control/touched tells which defects could have"
    )
    parser.add_argument("--public-index", default="", metavar="URL", help="stands in for pypi.org")
    parser.add_argument(
        "--state-dir",
        default="",
        metavar="DIR",
        help="its folder log/ gets the log files, etc/ may have what is read first; all else is in memory",
    )
    parser.add_argument(
        "--ca-bundle", type=Path, metavar="FILE", help="authorities (PEM) that catalogs are trusted by, and no others"
    )
    add_tls_arguments(parser)
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when the starter goes away")
    return parser


def _pair(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise MalformedOption(f"a switch is given as NAME=VALUE, not {given!r}")
    return name, value


def _faults(options: argparse.Namespace) -> list[Fault]:
    """The faults that are asked for; they take a tenth of a second to read, and are read only then."""
    if not (options.defect or options.variation or options.try_all_defects):
        return []
    from artifactory_conformance.reference.defects import DEFECTS
    from artifactory_conformance.reference.variations import VARIATIONS

    if options.try_all_defects:
        return list(DEFECTS.values())
    faults = [_named(name, DEFECTS, "defect") for name in options.defect]
    return faults + [_named(name, VARIATIONS, "variation") for name in options.variation]


def _named(name: str, known: Mapping[str, Fault], what: str) -> Fault:
    if name not in known:
        raise MalformedOption(f"unknown {what} {name!r}: `python -m artifactory_conformance list` names them")
    return known[name]


def _public_index(url: str) -> str:
    parts = urlsplit(url)
    if url and not (parts.scheme in ("http", "https") and is_loopback(parts.hostname or "")):
        raise MalformedOption("the public index has to be an http(s) URL on this machine")
    return url


def _trusted(bundle: Path | None) -> Path | None:
    if bundle is not None:
        try:
            ssl.create_default_context(cafile=str(bundle))
        except OSError as error:
            raise MalformedOption(f"--ca-bundle {str(bundle)!r} cannot be used: {error}") from error
    return bundle


if __name__ == "__main__":
    sys.exit(main())
