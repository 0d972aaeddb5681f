"""What is wrong with a template: reads the result, and believes neither Chalice nor our pieces."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from chalice.app import Chalice

from chalicelib.http import HEADERS
from infra.bundle import contents
from infra.template import gateway
from infra.template.functions import FUNCTIONS, LOGS_KEPT_DAYS, RUNTIME, Function
from infra.template.package import NOBODY

Resources = Mapping[str, Mapping[str, Any]]

FUNCTION = "AWS::Serverless::Function"
MAPPING = "AWS::Lambda::EventSourceMapping"
GATEWAY_MOST_S = 29


def complaints(template: Mapping[str, Any], app: Chalice) -> list[str]:
    """Say all that is wrong; nothing, when it may be deployed."""
    resources: Resources = template["Resources"]
    return [
        *_not_as_in_app(resources, app),
        *(each for function in FUNCTIONS for each in _of_function(resources, function)),
        *_shared_roles(resources),
        *_sources(resources),
        *_gateway(resources),
    ]


def _not_as_in_app(resources: Resources, app: Chalice) -> Iterator[str]:
    """A function, schedule or page of the code that is missing, or one of nobody's."""
    known = {each.name for each in FUNCTIONS}
    jobs = {each.name for each in app.pure_lambda_functions}
    jobs |= {each.name for each in app.event_sources}
    for name in jobs ^ known - {"web", *contents.SOLVER.handlers}:
        yield f"{name} is in app.py and not in infra/template/functions.py, or the other way"
    found = {name for name, each in resources.items() if each["Type"] == FUNCTION}
    for resource in found ^ {each.resource for each in FUNCTIONS}:
        yield f"{resource} is a function of the template and of nothing else, or the other way"
    for source in app.event_sources:
        if (told := getattr(source, "schedule_expression", None)) is not None:
            expression = told if isinstance(told, str) else told.to_string()
            if expression not in _schedules(resources, source.name):
                yield f"{source.name} is not called: {expression}"
    paths = resources["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for path, methods in app.routes.items():
        for method in methods:
            if method.lower() not in paths.get(path, {}):
                yield f"{method} {path} is no page of the gateway's"


def _schedules(resources: Resources, name: str) -> list[str]:
    resource = next((each.resource for each in FUNCTIONS if each.name == name), "")
    events = resources.get(resource, {}).get("Properties", {}).get("Events", {}).values()
    return [each["Properties"].get("Schedule", "") for each in events]


def _of_function(resources: Resources, function: Function) -> Iterator[str]:
    settings = resources.get(function.resource, {}).get("Properties", {})
    handler = function.bundle.handlers[function.name]
    wanted = {"Runtime": RUNTIME, "Architectures": ["x86_64"], "Handler": handler}
    for key, value in wanted.items():
        if settings.get(key) != value:
            yield f"{function.name}: {key} is {settings.get(key)}, not {value}"
    if "Bucket" not in settings.get("CodeUri", ""):
        yield f"{function.name}: its code is not what `make bundle` made"
    if settings.get("Tracing") != "PassThrough":
        yield f"{function.name} is traced"
    yield from _of_role(resources, function, settings.get("Role"))
    yield from _of_log(resources, function, settings.get("LoggingConfig", {}))


def _of_role(resources: Resources, function: Function, role: Any) -> Iterator[str]:
    match role:
        case {"Fn::GetAtt": [str(name), "Arn"]} if name in resources:
            properties = resources[name]["Properties"]
        case _:
            told = "Chalice's nobody" if role == NOBODY else role
            yield f"{function.name} has no role of its own, but {told}"
            return
    if properties.get("ManagedPolicyArns") or len(properties["Policies"]) != 1:
        yield f"{function.name} may do more than its file says"
    for policy in properties["Policies"]:
        for statement in statements(policy["PolicyDocument"]):
            yield from (f"{function.name}: {each}" for each in _wild(statement))


def statements(policy: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every statement, those too that depend on a condition."""
    for statement in policy["Statement"]:
        match statement:
            case {"Fn::If": [_, *choices]}:
                yield from (each for each in choices if "Effect" in each)
            case _:
                yield statement


def _wild(statement: Mapping[str, Any]) -> Iterator[str]:
    if not {"Action", "Resource"} <= set(statement) or statement["Effect"] != "Allow":
        yield f"statement {statement.get('Sid')} does not say what it allows"
    for text in _texts([statement.get("Action"), statement.get("Resource")]):
        if "*" in text or "?" in text:
            yield f"{text} is a wildcard"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _of_log(resources: Resources, function: Function, logging: Mapping[str, Any]) -> Iterator[str]:
    log = resources.get(logging.get("LogGroup", {}).get("Ref", ""), {})
    if log.get("Properties", {}).get("RetentionInDays") != LOGS_KEPT_DAYS:
        yield f"{function.name}: its log is not kept for {LOGS_KEPT_DAYS} days"


def _shared_roles(resources: Resources) -> Iterator[str]:
    used = Counter(
        str(each["Properties"].get("Role"))
        for each in resources.values()
        if each["Type"] == FUNCTION
    )
    yield from (f"{role} is the role of {times} functions" for role, times in used.items()
                if times > 1)  # fmt: skip


def _sources(resources: Resources) -> Iterator[str]:
    """A handler answers with what failed; without this Lambda takes that for success."""
    mappings = [each["Properties"] for each in resources.values() if each["Type"] == MAPPING]
    for each in mappings:
        if each.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{each['FunctionName']['Ref']}: what fails in a batch would be lost"
    called = sorted(each["FunctionName"]["Ref"] for each in mappings)
    if called != ["Mail", "Relay", "Solver"]:
        yield f"queues and streams call {called}"


def _gateway(resources: Resources) -> Iterator[str]:
    api = resources["RestAPI"]["Properties"]
    if next(each.timeout_s for each in FUNCTIONS if each.name == "web") >= GATEWAY_MOST_S:
        yield f"pages may take longer than the gateway's {GATEWAY_MOST_S} seconds"
    if not all("ThrottlingRateLimit" in each for each in api.get("MethodSettings", [{}])):
        yield "the gateway throttles nobody"
    if "AccessLogSetting" in api or api.get("TracingEnabled"):
        yield "the gateway keeps who asked for what"
    if not api.get("OpenApiVersion"):
        yield "SAM would make a second stage, which nothing throttles"
    if api.get("EndpointConfiguration") != "REGIONAL":
        yield "the gateway is not regional"
    wanted = {name: gateway.quoted(text) for name, text in HEADERS.items()}
    for kind in {*gateway.ANSWERS, "DEFAULT_4XX", "DEFAULT_5XX"}:
        answer = api.get("GatewayResponses", {}).get(kind, {})
        if answer.get("ResponseParameters", {}).get("Headers") != wanted:
            yield f"the gateway's answer {kind} lacks our headers"
        if not answer.get("ResponseTemplates", {}).get("text/html"):
            yield f"the gateway's answer {kind} is no page"
