"""The router's health: what it says of itself and of every service behind it (admin 2.5)."""

from artifactory_conformance.reference.exchange import Answer, as_json

PATH = "/router/api/v1/system/health"

_SERVICES = ("jfrt", "jfac", "jffe")


def health(node: str) -> Answer:
    """The form that others wait on, asked by anybody: state and message of the router and of each service."""
    well = {"node_id": node, "state": "HEALTHY", "message": "OK"}
    return as_json({"router": well, "services": [{"service_id": f"{name}@{node}", **well} for name in _SERVICES]})
