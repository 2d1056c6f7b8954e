"""The settings of what is started in containers, its licence apart, which is a secret: part of the one table."""

from __future__ import annotations

from artifactory_conformance.settings.setting import Setting

OF_CONTAINER: tuple[Setting, ...] = (
    Setting(
        "artifactory_image",
        "ARTIFACTORY_IMAGE",
        "image of the Artifactory that is started",
        "releases-docker.jfrog.io/jfrog/artifactory-oss:7.146.17",
        "IMAGE",
        of_container=True,
    ),
    Setting(
        "artifactory_version",
        "CONFORMANCE_ARTIFACTORY_VERSION",
        "tag of that image to run instead of its own, 7.146.x for the newest one that is here (repeatable: with "
        "`verify` one run for each)",
        metavar="VERSION",
        repeatable=True,
        of_container=True,
    ),
    Setting(
        "artifactory_license",
        "CONFORMANCE_LICENSE_FILE",
        "file with the licence that is installed; its text may come by ARTIFACTORY_LICENSE instead",
        metavar="FILE",
        of_container=True,
    ),
    Setting(
        "artifactory_accept_eula",
        "CONFORMANCE_ACCEPT_EULA",
        "you have read JFrog's EULA and accept it, where the edition that is started asks for that (JCR)",
        flag=True,
        of_container=True,
    ),
    Setting(
        "artifactory_memory",
        "ARTIFACTORY_MEMORY",
        "memory that the Artifactory's container may use",
        "6g",
        "SIZE",
        of_container=True,
    ),
    Setting(
        "artifactory_database",
        "ARTIFACTORY_DATABASE",
        "its database: derby, in its own container, or postgresql, in another",
        "derby",
        "NAME",
        of_container=True,
    ),
    Setting(
        "artifactory_port",
        "ARTIFACTORY_PORT",
        "port of 127.0.0.1 that it is published at; a free one unless told",
        metavar="PORT",
        of_container=True,
    ),
    Setting(
        "catalog_image",
        "CONFORMANCE_CATALOG_IMAGE",
        "image of the fake catalog and the fake public index; docker/build makes it",
        "conformance-catalog",
        "IMAGE",
        of_container=True,
    ),
)
