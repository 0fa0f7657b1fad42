"""A flow: steps in order, with branches nested in them. The shape cannot dangle: every way leads to the end.

`flow.checking` says whether what was drawn makes sense.
"""

from typing import Any, Literal
from uuid import UUID

import msgspec

Operator = Literal["eq", "ne", "lt", "le", "gt", "ge", "in", "not_in", "between"]


class _Part(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


# --- Who decides ---


class People(_Part, tag_field="by", tag="people"):
    """Named people."""

    ids: list[UUID]


class Role(_Part, tag_field="by", tag="role"):
    """Whoever holds a role; `near`: only those whose department the applicant's lies in."""

    role: str
    near: bool = False


class Leader(_Part, tag_field="by", tag="leader"):
    """The applicant's leader of that level: 1 the direct one."""

    level: int = 1


class Chain(_Part, tag_field="by", tag="chain"):
    """The applicant's leaders one after the other, from the direct one up to that level."""

    levels: int = 2


class Head(_Part, tag_field="by", tag="head"):
    """The heads of the department applied for: 0 its own, 1 those of the one above, and so on."""

    level: int = 0


class Contact(_Part, tag_field="by", tag="contact"):
    """Whom the applicant named in a field of the form."""

    field: str


class Choice(_Part, tag_field="by", tag="choice"):
    """Whom the applicant chooses when applying; `among` limits the choice, empty is anybody."""

    among: list[UUID] = []
    at_most: int = 1


Approvers = People | Role | Leader | Chain | Head | Contact | Choice

# --- What happens in a step ---


class Timeout(_Part):
    """After `hours` without a decision: remind once, or decide, or hand the step to the approver's leader."""

    hours: int
    then: Literal["remind", "approve", "refuse", "hand_up"] = "remind"


class Approve(_Part, tag_field="kind", tag="approve"):
    """People decide.

    `mode`: one decision is enough (`any`), all must agree (`all`), one after the other (`in_turn`), or `share` percent
    of them (`vote`). `vacant`: what happens when the rule finds nobody. `own`: when it finds the applicant.
    `allows`: what an approver may do beside deciding. `urgent`: who is asked and does not read it gets a text message.
    """

    id: str
    name: str
    approvers: Approvers
    mode: Literal["any", "all", "in_turn", "vote"] = "any"
    share: int = 51
    vacant: Literal["climb", "administrators", "pass"] = "climb"
    own: Literal["climb", "skip", "decide"] = "climb"
    timeout: Timeout | None = None
    allows: tuple[Literal["transfer", "add", "return"], ...] = ("transfer", "add", "return")
    urgent: bool = False


class Handle(_Part, tag_field="kind", tag="handle"):
    """People do something (pay out, hand over, book) and say when it is done; they cannot refuse."""

    id: str
    name: str
    approvers: Approvers
    mode: Literal["any", "all", "in_turn"] = "any"
    vacant: Literal["climb", "administrators", "pass"] = "administrators"
    timeout: Timeout | None = None


class Copy(_Part, tag_field="kind", tag="copy"):
    """People are told; the flow does not wait."""

    id: str
    name: str
    approvers: Approvers


class Comparison(_Part):
    """`fact` compared with `value`: a number, a text, a list (`in`), or a pair (`between`, both ends included)."""

    fact: str
    is_: Operator = msgspec.field(name="is", default="eq")
    value: Any = None


class Branch(_Part):
    """Steps taken when any of the groups in `when` holds, all tests of it; the last branch of a fork has none."""

    id: str
    name: str
    when: list[list[Comparison]] = []
    steps: "list[Node]" = []


class Condition(_Part, tag_field="kind", tag="condition"):
    """The first branch that holds is taken; the last one is for everything else."""

    id: str
    name: str
    branches: list[Branch]


class Lane(_Part):
    id: str
    name: str
    steps: "list[Node]" = []


class Parallel(_Part, tag_field="kind", tag="parallel"):
    """All lanes run at once; what follows waits for every one."""

    id: str
    name: str
    lanes: list[Lane]


Stop = Approve | Handle | Copy  # where somebody is asked or told
Node = Approve | Handle | Copy | Condition | Parallel


class Flow(_Part):
    """`merge`: whoever approved already is not asked again: never, in the step right before, or anywhere in the round.
    `copies` are told at submission, at approval, or both.
    """

    steps: list[Node]
    merge: Literal["never", "adjacent", "all"] = "adjacent"
    copies: list[Copy] = []
    copies_at: Literal["submission", "approval", "both"] = "approval"


_decoder = msgspec.json.Decoder(Flow)


def decode(text: bytes | str) -> Flow:
    """Raises `msgspec.ValidationError` saying what is wrong and where."""
    return _decoder.decode(text)


def from_stored(body: dict[str, Any]) -> Flow:
    return msgspec.convert(body, Flow)


def as_stored(flow: Flow) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(flow)
    return found


# Without a drawn flow the direct leader decides.
SIMPLE = Flow(steps=[Approve(id="leader", name="", approvers=Leader())])
