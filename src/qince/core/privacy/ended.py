"""What ends a field once its purpose has: the consent it rests on was taken back, or the function it was taken for was
closed (C6.2-06, C6.3-06). Whichever of its terms is over first ends it.
"""

from qince.core.organizations.functions import family_of
from qince.core.privacy.registry import Personal, declared
from qince.core.privacy.retention import AT_ONCE, RETENTIONS, Retention

# So that a function closed by mistake costs nobody what a withdrawn consent would end at once.
SHORTEST = {"consent": "function+30d"}


def ends_with_consent(each: Personal) -> Retention | None:
    """The term that begins when the consent is taken back; None where it rests on none alone, or ends at once."""
    return RETENTIONS.get(each.withdrawn)


def ends_with_function(key: str) -> Retention | None:
    """The term of the field `app.model.field` that begins when its function is closed.

    None for what no closable function takes, what a law orders to keep, and what the feature itself takes away, as it
    does when the consent ends.
    """
    each = _personal(key)
    if not family_of(key) or each.term.survives_erasure or each.withdrawn == AT_ONCE:
        return None
    return RETENTIONS[SHORTEST.get(each.withdrawn, each.withdrawn) or "function+2y"]


def terms_of(key: str) -> tuple[Retention, ...]:
    """Every term that may end the field, its own first; each once."""
    each = _personal(key)
    found = (each.term, ends_with_consent(each), ends_with_function(key))
    return tuple(dict.fromkeys(term for term in found if term is not None))


def _personal(key: str) -> Personal:
    found = declared.fields[key]
    assert isinstance(found, Personal)
    return found
