"""How far the own lawful interest of a close relative reaches: what the copy of somebody who died is cut to (C6.6-02).

The dead person's own word to give everything to this relative comes before; then nothing is cut.
"""

from qince.core.erasure.packing import scope as scopes
from qince.core.erasure.packing.scope import Scope
from qince.core.rights import queries
from qince.core.rights.asking import subject_of
from qince.core.rights.kinds import Kind
from qince.core.rights.models import Case

# What somebody sent comes with the record it belongs to; who looked at whom, and what the dead asked of the privacy
# officer, the relative among them, is of no use here.
WITHOUT = ("files.", "watch.", "rights.")


def is_cut(case: Case) -> bool:
    """Whether a copy of this case holds only what the relative's interest covers."""
    return case.kind == Kind.RELATIVE and queries.legacy_of(case.subject_id) is None


def scope_of(case: Case) -> Scope | None:
    """What the copy of the case is cut to; None: nothing is cut."""
    return Scope.of(case.interest) if is_cut(case) else None


def offered(case: Case) -> dict[str, str]:
    """The kinds of records there are of the person: label → what they are called."""
    return scopes.offered(subject_of(case), without=WITHOUT)


def offered_sensitive(case: Case) -> dict[str, str]:
    """What sensitive data may lie in them: purpose → what it is called."""
    return scopes.offered_sensitive(subject_of(case), without=WITHOUT)


def words(case: Case) -> tuple[list[str], list[str]]:
    """What was decided, in the active language: kinds of records, and sensitive data in them."""
    scope = Scope.of(case.interest)
    if scope is None:
        return [], []
    sensitive = offered_sensitive(case)
    return (
        scopes.titles(subject_of(case), scope.kept["kinds"]),
        [sensitive[code] for code in scope.kept["sensitive"] if code in sensitive],
    )
