"""`python -m artifactory_conformance.reference.stand_in`: the model in place of an Artifactory's container.

It takes what a container takes: environment variables and no options. It listens where an Artifactory does, keeps its
log files where an Artifactory has them, and says of itself what every model says.
"""

import os
import sys
import time
import warnings
from collections.abc import Mapping
from pathlib import Path

from mousebender.simple import APIVersionWarning

from artifactory_conformance.reference.app import application
from artifactory_conformance.reference.first_start import UnreadableImport, import_repositories
from artifactory_conformance.reference.instance import Instance
from artifactory_conformance.reference.platform import ROUTER_PORT, TOMCAT_PORT, Licence, Platform, on_both_ports
from artifactory_conformance.reference.profiles import UnknownProfile, profile_named
from artifactory_conformance.serving import serve

VAR = Path("/opt/jfrog/artifactory/var")
"""Where an Artifactory's container has its data, and below it `log/` (admin 2.2)."""

EXIT_MALFORMED, EXIT_FAILED = 4, 1

VARIABLES: Mapping[str, str] = {
    "STAND_IN_PROFILE": "what to play, as --model-profile takes it; 7.84-pro",
    "STAND_IN_NEIGHBOURS": "names of hosts that are reached, separated by commas",
    "STAND_IN_PUBLIC_INDEX": "URL of what stands in for pypi.org",
    "STAND_IN_LICENCE": "good, none or expired: what a Pro one starts with; good",
    "STAND_IN_EULA": "wanted: nothing is served until it was accepted",
    "STAND_IN_BOOT_SECONDS": "how long it takes until it answers; 0",
    "STAND_IN_LAST_WORDS": "what it says instead of starting, to be seen failing",
}


def main(environment: Mapping[str, str], var: Path = VAR) -> int:
    """Serve until told to stop, and give the exit code; 4 for settings that do not exist."""
    if words := environment.get("STAND_IN_LAST_WORDS"):
        print(words, file=sys.stderr, flush=True)
        return EXIT_FAILED
    try:
        profile = profile_named(environment.get("STAND_IN_PROFILE") or "7.84-pro")
        licence = Licence[(environment.get("STAND_IN_LICENCE") or "good").upper()]
        boot = float(environment.get("STAND_IN_BOOT_SECONDS") or 0)
    except (UnknownProfile, KeyError, ValueError) as error:
        print(f"the stand-in cannot be started: {error}", file=sys.stderr)
        return EXIT_MALFORMED
    warnings.filterwarnings("ignore", category=APIVersionWarning)
    instance = Instance(
        profile,
        profile.switch_set({}),
        public_index=environment.get("STAND_IN_PUBLIC_INDEX", ""),
        state_dir=var,
        neighbours=[name for name in environment.get("STAND_IN_NEIGHBOURS", "").split(",") if name],
    )
    try:
        import_repositories(instance, var)
    except UnreadableImport as error:
        print(f"the stand-in cannot be started: {error}", file=sys.stderr)
        return EXIT_FAILED
    Platform(instance, licence, eula=environment.get("STAND_IN_EULA") == "wanted").surround()
    print(f"stand-in for an Artifactory: reference model, profile {profile.name}", file=sys.stderr, flush=True)
    time.sleep(boot)
    # In its own container: who reaches it is decided by what is published, and that is loop-back alone.
    return serve(
        on_both_ports(application(instance)),
        port=ROUTER_PORT,
        also=(TOMCAT_PORT,),
        bind="0.0.0.0",  # noqa: S104
        until_stdin_closes=False,
    )


if __name__ == "__main__":
    sys.exit(main(os.environ))
