"""The headers that PROMISES S6 asks of every answer, said once more and independently."""

from collections.abc import Mapping
from urllib.parse import urlsplit

GUARDS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=(), payment=()",
    "cache-control": "no-store",
}
KEPT = "public, max-age=31536000, immutable"
"""What a file of ours says instead of no-store: its address changes with its content."""


def unguarded(address: str, headers: Mapping[str, str]) -> list[str]:
    """Say which of the headers are not as they must be."""
    sent = {name.lower(): value for name, value in headers.items()}
    asked = dict(GUARDS)
    if urlsplit(address).path.startswith("/static/"):
        asked["cache-control"] = KEPT
    if urlsplit(address).path.endswith("/html"):  # a letter in the mailbox has its own policy
        asked["content-security-policy"] = sent.get("content-security-policy", "")
    return [
        f"{address} answers with {name}: {sent.get(name)!r}, not {value!r}"
        for name, value in asked.items()
        if sent.get(name) != value
    ]
