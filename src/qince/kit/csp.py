"""The content security policy, plus the hashes of the import maps that this very page carries."""

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase


def allow_script(request: HttpRequest | None, source: str) -> None:
    """Let the page now being rendered run the inline script whose hash is `source`."""
    if request is not None:
        request.__dict__.setdefault("csp_hashes", set()).add(source)


class Middleware(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if hashes := request.__dict__.get("csp_hashes"):
            update = dict(parts.update or {})
            update["script-src"] = [*update.get("script-src", []), *sorted(hashes)]
            parts.update = update
        return parts
