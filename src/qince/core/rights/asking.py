"""What a case is to end in, and about whom: the kind says it, or the request itself, or what the dead had arranged."""

from qince.core.erasure.restricting import set_aside_of
from qince.core.erasure.subjects import Subject, of_contact, of_employee
from qince.core.rights import queries
from qince.core.rights.kinds import Asked, Kind, rules_of
from qince.core.rights.models import Case, Legacy

_OF_KINDS = {
    Kind.COPY: Asked.COPY,
    Kind.DELETE: Asked.DELETE,
    Kind.CANCEL: Asked.DELETE,
    Kind.CORRECT: Asked.CORRECT,
}
_OF_WISHES = {Legacy.Wish.ERASE: Asked.DELETE, Legacy.Wish.GIVE: Asked.COPY}


def asked(case: Case) -> str:
    """What is to be done, as a code of `Asked`; empty where nothing has to be carried out.

    What the dead arranged comes before what relatives ask for (C6.6-02): to keep everything is to carry out nothing.
    """
    if case.kind == Kind.RELATIVE and (wish := queries.legacy_of(case.subject_id)) is not None:
        return _OF_WISHES.get(Legacy.Wish(wish.wish), "")
    if rules_of(case.kind).says_asked:
        return case.asked
    return _OF_KINDS.get(Kind(case.kind), "")


def may_erase(case: Case) -> bool:
    """Whether erasing is a way to carry the case out. A guardian says in words what is wanted."""
    rules = rules_of(case.kind)
    return rules.may_erase and (not rules.says_asked or asked(case) == Asked.DELETE)


def may_copy(case: Case) -> bool:
    """Whoever may see the data may have it as a package."""
    return asked(case) == Asked.COPY or (rules_of(case.kind).says_asked and asked(case) == Asked.QUERY)


def subject_of(case: Case) -> Subject:
    """Whose data it is about: a member, or somebody outside, known by what the case says of them."""
    if case.subject is not None:
        return of_employee(case.subject)
    return of_contact(name=case.contact_name, mobile=case.contact_mobile, email=case.contact_email)


def may_correct(case: Case) -> bool:
    """Whether the data is corrected in the case itself: a member's own is where it always is."""
    return case.subject_id is None and asked(case) == Asked.CORRECT


def known_as(text: str) -> Subject:
    """Somebody outside as a record of work knows them: by an address, a number or a name."""
    text = text.strip()
    if "@" in text:
        return of_contact(email=text)
    digits = sum(each.isdigit() for each in text)
    return of_contact(mobile=text) if digits > len(text) // 2 else of_contact(name=text)


def is_restricted(case: Case) -> bool:
    """Whether the use of the data is restricted now."""
    if case.subject is not None:
        return case.subject.restricted_at is not None
    return bool(set_aside_of(subject_of(case)))
