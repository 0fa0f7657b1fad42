"""What is wrong with an answer or a form, as codes with facts; the words are found by who shows them."""

from typing import Any

import msgspec


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """`at`: the field's id, or table, row number and field; `facts`: what the sentence needs."""

    code: str
    at: tuple[str | int, ...] = ()
    facts: dict[str, Any] = {}

    @property
    def field(self) -> str:
        """The id of the field itself."""
        return next((str(each) for each in reversed(self.at) if isinstance(each, str)), "")
