"""The whole template, from app.py, our pieces and the policies."""

from typing import Any

from infra.template import alarms, gateway, loading, package, pieces


def build() -> dict[str, Any]:
    """Make it.

    Raises
    ------
    package.NotPackagedError
        When Chalice cannot.
    """
    return package.packaged(ours())


def ours() -> dict[str, Any]:
    """What is merged into what Chalice makes of app.py."""
    way_in, sources = loading.part("gateway"), loading.part("sources")
    way_in["Resources"]["RestAPI"]["Properties"]["GatewayResponses"] = gateway.responses()
    return {
        **loading.part("parameters"),
        "Outputs": way_in["Outputs"],
        "Resources": {
            **pieces.resources(),
            **sources["Resources"],
            **way_in["Resources"],
            **alarms.resources(),
        },
    }
