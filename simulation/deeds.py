"""What a browser's request does, as its address says: the name by which oracles know it."""

from urllib.parse import urlsplit

from simulation.people.person import Press


def named(press: Press) -> tuple[str, str]:
    """What a request does to what, by its address: ("cancel", "request-...")."""
    parts = urlsplit(press.path).path.strip("/").split("/")
    if press.method == "GET":
        return "look", "/".join(parts[:2])
    if parts[0] == "form":
        return ("send" if parts[2] == "check" else "answer"), parts[1]
    if parts[0] == "start":
        return "begin", press.fields.get("given-key", "")
    deed = parts[3] if len(parts) > 3 else parts[0]
    return deed, parts[1]
