"""Names of the modules that hold the checks' fixtures, and nothing else."""

pytest_plugins = [
    "fixtures.run",
    "fixtures.target",
    "fixtures.site",
    "fixtures.downloads",
    "fixtures.offered",
    "fixtures.instance",
    "fixtures.catalog",
    "fixtures.lab",
    "fixtures.proxy",
    "fixtures.clients",
    "fixtures.observations",
    "fixtures.logs",
    "fixtures.isolation",
    "fixtures.tls",
    "fixtures.second_site",
]
