"""What administrators are told and what policies turn away: broken summaries, hidden configuration, Xray in between."""

import json
from dataclasses import replace

from artifactory_conformance.reference.defects.calls import is_file, is_rest
from artifactory_conformance.reference.errors import RequestRefused
from artifactory_conformance.reference.exchange import Answer, Call
from artifactory_conformance.reference.fault import fault
from artifactory_conformance.reference.hold import Hold

_CACHED = "repositoriesSummaryList"


@fault("BEST-02", "admin 6")
def the_summary_leaves_caches_out(hold: Hold) -> None:
    """The storage summary tells nothing of the caches of remote repositories."""

    def without(_: Call, answer: Answer) -> Answer:
        told = json.loads(answer.body)
        told[_CACHED] = [one for one in told[_CACHED] if not one["repoKey"].endswith("-cache")]
        return replace(answer, body=json.dumps(told).encode())

    hold.after(lambda call: call.method == "GET" and is_rest(call, "storageinfo"), without)


@fault("PRE-03", "C40", "admin 6")
def the_configuration_is_hidden_from_administrators(hold: Hold) -> None:
    """Nobody is given the instance's configuration, not even an administrator."""

    def hidden(_: Call) -> Call:
        raise RequestRefused(403, "Forbidden")

    hold.before(lambda call: call.method == "GET" and is_rest(call, "system/configuration"), hidden)


@fault("BEST-03", "P-14", "T34", "TROUBLE-11", "ACCESS-03", "ACCESS-06", "CLIENT-05", "J-01")
def a_policy_blocks_a_project(hold: Hold) -> None:
    """A policy of Xray blocks every file of a project that is installed from the site."""

    def blocked(_: Call) -> Call:
        raise RequestRefused(403, "Artifact download request rejected: it was blocked by an Xray policy")

    hold.before(lambda call: is_file(call) and "/curated_example-" in call.path, blocked)
