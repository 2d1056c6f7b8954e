"""The one table of settings: it feeds the options, the environment, the error messages and the documentation."""

from __future__ import annotations

from artifactory_conformance.settings.setting import Setting
from artifactory_conformance.settings.table_of_container import OF_CONTAINER
from artifactory_conformance.settings.values import MODEL_PROFILES

HARMLESS_CANARIES = ("sampleproject", "pip-install-test")
"""Tiny projects of public PyPI that its own maintainers publish for trying things out; no catalog needs them."""


TABLE: tuple[Setting, ...] = (
    Setting(
        "config",
        "CONFORMANCE_CONFIG",
        "file of settings, instead of conformance.toml in the folder where pytest is called; /dev/null: none",
        metavar="FILE",
    ),
    Setting(
        "target",
        "CONFORMANCE_TARGET",
        "what is under test: embedded, container (an Artifactory that is started for the run), instance (one that runs "
        "already) or index (a simple index, whatever serves it)",
        "embedded",
        "KIND",
    ),
    Setting(
        "artifactory_url", "ARTIFACTORY_URL", "address of the instance, with or without /artifactory", metavar="URL"
    ),
    Setting(
        "index_url",
        "CONFORMANCE_INDEX_URL",
        "address of the index, below which a project's page is: what pip takes as --index-url",
        metavar="URL",
    ),
    Setting(
        "project",
        "CONFORMANCE_PROJECT",
        "a project that the index has; with a catalog that the suite controls it makes one",
        metavar="NAME",
    ),
    Setting(
        "page_period",
        "CONFORMANCE_PAGE_PERIOD",
        "seconds after which the index asks its catalog for a page again, at most 60; checks wait for them to pass",
        metavar="SECONDS",
    ),
    Setting("repo", "CONFORMANCE_REPO", "key of the catalog's remote repository", "activestate-platform", "KEY"),
    Setting("virtual", "CONFORMANCE_VIRTUAL", "key of the virtual repository, if there is one", metavar="KEY"),
    Setting(
        "local",
        "CONFORMANCE_LOCAL",
        "key of the local repository for internal packages, if there is one",
        metavar="KEY",
    ),
    Setting("organization", "CONFORMANCE_ORGANIZATION", "your organization's UUID at ActiveState", metavar="UUID"),
    Setting(
        "packages",
        "CONFORMANCE_PACKAGES",
        "projects that the catalog has, for checks to ask for; else the suite takes one that the remote's cache lists, "
        "that the remote lists or that the catalog lists (repeatable)",
        metavar="NAME",
        repeatable=True,
    ),
    Setting(
        "sdist",
        "CONFORMANCE_SDIST",
        "a project of the catalog that has an sdist, to be built here; building runs the project's code",
        metavar="NAME",
    ),
    Setting(
        "canary",
        "CONFORMANCE_CANARY",
        "a project of public PyPI that the catalog does not have, asked for to see that it is not served (repeatable)",
        ",".join(HARMLESS_CANARIES),
        "NAME",
        repeatable=True,
    ),
    Setting(
        "most_versions",
        "CONFORMANCE_MOST_VERSIONS",
        "how many versions one project of the catalog may list before that looks like public content",
        "3",
        "NUMBER",
    ),
    Setting(
        "level",
        "CONFORMANCE_LEVEL",
        "how far the run may go: observe, pull or mutate; mutate on the embedded and the container target, else pull",
        metavar="LEVEL",
    ),
    Setting(
        "model_profile",
        "CONFORMANCE_MODEL_PROFILE",
        f"which Artifactory the reference model plays: {', '.join(MODEL_PROFILES)}; the first one unless told",
        metavar="PROFILE",
    ),
    Setting(
        "model_switch",
        "CONFORMANCE_MODEL_SWITCH",
        "settles one open question of the model otherwise than its profile does; docs/model.md lists them (repeatable)",
        metavar="NAME=VALUE",
        repeatable=True,
    ),
    Setting(
        "defect",
        "CONFORMANCE_DEFECT",
        "break the reference model in this way, to see which checks notice; the verb list names all (repeatable)",
        metavar="NAME",
        repeatable=True,
    ),
    Setting(
        "misconfiguration",
        "CONFORMANCE_MISCONFIGURATION",
        "make this mistake in the embedded target's set-up, to see which checks notice (repeatable)",
        metavar="NAME",
        repeatable=True,
    ),
    Setting(
        "variation",
        "CONFORMANCE_VARIATION",
        "let the reference model answer in this other harmless form, which no check may mind (repeatable)",
        metavar="NAME",
        repeatable=True,
    ),
    Setting(
        "standpoint",
        "CONFORMANCE_STANDPOINT",
        "run the embedded target as somebody at a given instance would: administrator (beside the account that "
        "installs, with a catalog of somebody else's) or account (nothing but that); everything unless told",
        metavar="NAME",
    ),
    Setting(
        "catalog_dir",
        "CONFORMANCE_CATALOG_DIR",
        "folder of wheels and sdists that the fake catalog serves too",
        metavar="DIR",
    ),
    Setting(
        "catalog_control",
        "CONFORMANCE_CATALOG_CONTROL",
        "a fake catalog that runs already: how the suite drives it",
        metavar="URL",
    ),
    Setting(
        "catalog_address",
        "CONFORMANCE_CATALOG_ADDRESS",
        "the catalog's address, as the target reaches it, where that is not ActiveState's",
        metavar="URL",
    ),
    Setting(
        "catalog_other_address",
        "CONFORMANCE_CATALOG_OTHER_ADDRESS",
        "the fake catalog under a second host name, as the target reaches it: redirects to another host lead there",
        metavar="URL",
    ),
    Setting(
        "set_up_site", "CONFORMANCE_SET_UP_SITE", "build the guide's set-up before the run, remove it after", flag=True
    ),
    Setting(
        "ca_bundle",
        "CONFORMANCE_CA_BUNDLE",
        "certificates (PEM) of the authorities that the instance and the catalog are trusted by, instead of the usual",
        metavar="FILE",
    ),
    Setting(
        "proxy",
        "CONFORMANCE_PROXY",
        "a forward proxy by which the instance or index, and a catalog that the suite does not control, are reached",
        metavar="URL",
    ),
    Setting(
        "requests_per_second",
        "CONFORMANCE_REQUESTS_PER_SECOND",
        "how many requests a second all processes of the run together send to an instance or index; 0 for no pace",
        "2",
        "NUMBER",
    ),
    Setting(
        "connections",
        "CONFORMANCE_CONNECTIONS",
        "how many connections they have to it at once, a running client among them; 0 for no bound",
        "2",
        "NUMBER",
    ),
    Setting(
        "max_requests",
        "CONFORMANCE_MAX_REQUESTS",
        "after how many requests to it the run asks for nothing more; 5000 unless told, 50000 at level mutate, 0 for "
        "no bound",
        metavar="NUMBER",
    ),
    Setting(
        "max_megabytes",
        "CONFORMANCE_MAX_MEGABYTES",
        "after how many megabytes of pages and files likewise; 20 unless told, 100 at an index, 200 at level mutate, 0 "
        "for no bound",
        metavar="MEGABYTES",
    ),
    Setting(
        "no_wrong_passwords",
        "CONFORMANCE_NO_WRONG_PASSWORDS",
        "run no check that sends a wrong password, which an instance else gets for two users made for the run",
        flag=True,
    ),
    Setting(
        "tls",
        "CONFORMANCE_TLS",
        "put the embedded services behind https, with a certificate authority that is made for the run",
        flag=True,
    ),
    Setting(
        "exclusive",
        "CONFORMANCE_EXCLUSIVE",
        "nobody else uses the instance meanwhile, so that checks which need it for themselves may run",
        flag=True,
    ),
    Setting(
        "this_machine",
        "CONFORMANCE_THIS_MACHINE",
        "the instance's clients run here as this user: look at what configures them, too (reads it, changes nothing)",
        flag=True,
    ),
    Setting(
        "require",
        "CONFORMANCE_REQUIRE",
        "a clause that must have a verdict (repeatable)",
        metavar="CLAUSE",
        repeatable=True,
    ),
    Setting(
        "waivers",
        "CONFORMANCE_WAIVERS",
        "file of findings that are accepted until a day; docs/waivers.md tells what it holds",
        metavar="FILE",
    ),
    Setting("fail_on_warning", "CONFORMANCE_FAIL_ON_WARNING", "exit 1 on warnings too", flag=True),
    Setting(
        "bundle",
        "CONFORMANCE_BUNDLE",
        "write a support bundle on the embedded target, too; of every other target each run writes one",
        flag=True,
    ),
    *OF_CONTAINER,
    Setting("reports", "CONFORMANCE_REPORTS", "folder that the reports go to", "reports", "DIR"),
    Setting(
        "credentials",
        "CONFORMANCE_CREDENTIALS",
        "where passwords are that neither environment nor file has: netrc (of the account that installs, by the "
        "target's host) or keyring (by that host and the user)",
        metavar="PLACE",
    ),
    Setting("proxy_user", "CONFORMANCE_PROXY_USER", "who the proxy lets through", secret=True),
    Setting("proxy_password", "CONFORMANCE_PROXY_PASS", "the password at the proxy", secret=True),
    Setting("user", "ARTIFACTORY_USER", "an account that installs packages", secret=True),
    Setting("password", "ARTIFACTORY_PASS", "its password or token", secret=True),
    Setting("admin_user", "ARTIFACTORY_ADMIN_USER", "an administrator", secret=True),
    Setting("admin_password", "ARTIFACTORY_ADMIN_PASS", "the administrator's password", secret=True),
    Setting("admin_token", "ARTIFACTORY_ADMIN_TOKEN", "an administrator's token, instead of the two", secret=True),
    Setting(
        "catalog_user",
        "CATALOG_USER",
        "user name at the catalog itself, to ask it directly: the organization's UUID",
        secret=True,
    ),
    Setting("catalog_password", "CATALOG_PASS", "password at the catalog", secret=True),
    Setting(
        "license",
        "ARTIFACTORY_LICENSE",
        "text of a licence that is installed in the container",
        secret=True,
        of_container=True,
    ),
)

BY_NAME = {setting.name: setting for setting in TABLE}
