from artifactory_conformance.artifactory import Identity
from artifactory_conformance.artifactory.instance_settings import PATH
from artifactory_conformance.checks import assert_served, clause, control
from artifactory_conformance.evidence import RecordedSession


@clause("PRE-03", facts=("admin 6", "C40", "D2"))
def test_who_configures_is_an_administrator(admin: RecordedSession, anonymous: Identity) -> None:
    """The account that configures the instance is given the instance's configuration, which only administrators are."""
    assert_served(admin.request("GET", PATH))

    with control("somebody without credentials is refused it"):
        assert anonymous.get(PATH).status in {401, 403}
