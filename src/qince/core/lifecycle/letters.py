"""What people are told when an organization or the service comes to an end. Never optional."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters.people import person
from qince.core.letters.registry import kind

ENDS_SOON = kind(
    "lifecycle.ends_soon",
    title=_("Your organization's term ends on %(day)s"),
    body=_(
        "After that day everything can be read and exported, but nothing new is recorded until it is renewed."
    ),
    is_mandatory=True,
)
EXPIRED = kind(
    "lifecycle.expired",
    title=_("Your organization's term has ended"),
    body=_(
        "Everything can be read and exported. From %(day)s on the operator may cancel the account. "
        "Renewing brings everything back as it was."
    ),
    is_mandatory=True,
)
FREE_ENDS = kind(
    "lifecycle.free_ends",
    title=_("Your free organization will be taken back on %(day)s"),
    body=_("Nobody has signed in for a long time. Signing in before that day keeps it."),
    is_mandatory=True,
)
LEAVING = kind(
    "lifecycle.leaving",
    title=_("%(organization)s leaves this service"),
    body=_(
        "Until %(day)s everything can be read and exported. Then all its accounts end and the data is deleted "
        "or made anonymous, except what a law requires to be kept."
    ),
    is_mandatory=True,
)
STAYING = kind(
    "lifecycle.staying",
    title=_("%(organization)s stays with this service"),
    body=_("The cancellation was withdrawn. Everything works as before."),
    is_mandatory=True,
)
SUCCESSION = kind(
    "lifecycle.succession",
    title=_("This service gets a new operator on %(day)s: %(name)s"),
    body=_(
        "%(text)s\n\nThe new operator stays bound by the policy you agreed to, and what you agreed to or declined is "
        "carried over as it is. If its policy is another one, nothing of yours is used until you agree to that. Until "
        "then you can export your data or have it erased. Reach it at: %(contact)s"
    ),
    is_mandatory=True,
)
TAKEN_OVER = kind(
    "lifecycle.taken_over",
    title=_("%(name)s operates this service now"),
    body=_("The policy is the same. What you agreed to or declined stands as it was; nothing is asked anew."),
    is_mandatory=True,
)
TAKEN_OVER_ANEW = kind(
    "lifecycle.taken_over_anew",
    title=_("%(name)s operates this service now, under another policy"),
    body=_(
        "Nothing of yours is used until you have read the new policy and agreed to it. Your rights remain: you can "
        "export your data or have it erased without agreeing."
    ),
    is_mandatory=True,
)
HANDOVER = kind(
    "lifecycle.handover",
    title=_("%(name)s wants to hand the administration over to you"),
    body=_(
        "Accept it, and you are an administrator and %(name)s is none any more. Decline it, and nothing changes."
    ),
    is_mandatory=True,
    words={"name": person},
)
HANDOVER_ANSWERED = kind(
    "lifecycle.handover_answered",
    title=_("%(name)s has answered: handing over the administration"),
    body=_("The administrators' page shows who is administrator now."),
    is_mandatory=True,
    words={"name": person},
)
CEASING = kind(
    "lifecycle.ceasing",
    title=_("This service ends on %(day)s"),
    body=_("%(text)s"),
    is_mandatory=True,
)
