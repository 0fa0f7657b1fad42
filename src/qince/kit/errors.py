"""Expected failures. Each has a stable code for machines and a sentence for the person, in the person's language."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Refusal(Exception):
    """Something that cannot be done, and why. `fields` maps parts of the request to their own sentences."""

    status = 422

    def __init__(
        self,
        code: str,
        message: Text,
        *,
        field: str | None = None,
        fields: dict[str, Text] | None = None,
        status: int | None = None,
        **details: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.fields = fields or ({field: message} if field else {})
        self.status = status or self.status
        self.details = details

    def as_dict(self) -> dict[str, Any]:
        """The wire form: plain text in the language active now."""
        body: dict[str, Any] = {"code": self.code, "message": str(self.message), **self.details}
        if self.fields:
            body["fields"] = {name: str(text) for name, text in self.fields.items()}
        return body


class NotFound(Refusal):
    """Absent, or not visible to the actor: from outside the two look the same."""

    status = 404

    def __init__(
        self, message: Text = _("It does not exist, or you may not see it."), **details: Any
    ) -> None:
        super().__init__("not_found", message, **details)


class Forbidden(Refusal):
    """The actor lacks the permission for the act itself (not for one row: that is `NotFound`)."""

    status = 403

    def __init__(
        self,
        message: Text = _("You do not have the permission for this. Ask an administrator."),
        **details: Any,
    ) -> None:
        super().__init__("forbidden", message, **details)


class FunctionClosed(Refusal):
    """The actor holds the permission, but the organization has the function closed now."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "function_closed",
            _("Your organization has closed this function. What was recorded is kept and can be exported."),
        )


class Conflict(Refusal):
    """Another act came first; nothing was overwritten."""

    status = 409


class ChangedMeanwhile(Conflict):
    """The record is another than the one its editor saw. `version` is the one it has now."""

    def __init__(self, version: int) -> None:
        text = _("This was changed meanwhile. Load it anew; nothing was overwritten.")
        super().__init__("changed_meanwhile", text, version=version)


def require_unchanged(version: int, seen: int | None) -> None:
    """Refuse an edit of a record that has another `version` than its editor saw; None: the editor does not say."""
    if seen is not None and seen != version:
        raise ChangedMeanwhile(version)
