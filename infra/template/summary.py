"""The functions in two tables, as docs/functions.md has them; read from a template."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from infra.template import check, loading, resolve
from infra.template.functions import FUNCTIONS, Function

Template = Mapping[str, Any]

_OURS = f"{resolve.PREFIX}-"


def functions(template: Template) -> str:
    """What calls each, and what it is given."""
    rows = ["| function | called by | memory, MB | time, s | at once, at most |",
            "|---|---|---|---|---|"]  # fmt: skip
    for each in FUNCTIONS:
        settings = template["Resources"][each.resource]["Properties"]
        memory, most = settings["MemorySize"], _at_once(template, each)
        if isinstance(memory, dict):
            memory = _default(template, memory["Ref"])
        rows.append(f"| {each.name} | {each.caller} | {memory} | {settings['Timeout']} | {most} |")
    return "\n".join(rows)


def _at_once(template: Template, function: Function) -> str:
    for each in template["Resources"].values():
        if each["Type"] == check.MAPPING and each["Properties"]["FunctionName"] == {
            "Ref": function.resource
        }:
            most = each["Properties"].get("ScalingConfig", {}).get("MaximumConcurrency", 1)
            return _default(template, most["Ref"]) if isinstance(most, dict) else str(most)
    return "the account's"


def _default(template: Template, parameter: str) -> str:
    """A parameter's value when nobody gives another."""
    return f"`{parameter}` ({template['Parameters'][parameter]['Default']})"


def policies() -> str:
    """What each may do, to what."""
    rows = ["| function | may | to |", "|---|---|---|"]
    for each in FUNCTIONS:
        for things, actions in sorted(may(each).items()):
            rows.append(f"| {each.name} | {', '.join(sorted(actions))} | {things} |")
    return "\n".join(rows)


def may(function: Function) -> dict[str, set[str]]:
    """Thing ("bookings", "mail queue") -> the actions that are allowed on it, without logs."""
    found: dict[str, set[str]] = defaultdict(set)
    for statement in check.statements({"Statement": loading.policy(function.name)}):
        actions, things = statement["Action"], resolve.resolved(statement["Resource"])
        for thing in things if isinstance(things, list) else [things]:
            if ":logs:" not in thing:
                listed = [actions] if isinstance(actions, str) else actions
                found[_named(thing)] |= {each.partition(":")[2] for each in listed}
    return found


def _named(arn: str) -> str:
    """A resource in words."""
    service, *_, end = arn.split(":", 5)[2:]
    end = re.sub(r"/stream/.*", "'s stream", end)
    end = re.sub(r"^(table|identity|configuration-set|provider)/", "", end)
    kind = {"sqs": " (queue)", "ses": " (mail)", "geo-routes": " (drive times)"}.get(service, "")
    return f"{end.removeprefix(_OURS).replace('/index/', ' by ')}{kind}"
