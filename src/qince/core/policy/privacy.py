"""What this app keeps: published releases, comments under the name their writer chose, assessments."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "policy.comments",
    _("Comments on a changed policy"),
    family=Family.CORE,
    purposes=("basic",),
    scope=_("Your comment, and a name if you give one."),
    why=_("To hear people before a considerable change comes into force."),
    method=_("You write it on the page of the announced change, where everybody can read it."),
    if_refused=_("Nothing changes for you; you can comment without a name, or not at all."),
)
function(
    "policy.assessments",
    _("Impact assessments"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("Who assessed and who signed."),
    why=_("So that what is risky for people is weighed before it is done."),
    method=_("Written and signed by the organization's privacy officers."),
    if_refused=_("The law requires these records."),
)

_COMMENT = Personal(
    _("Your comments on a changed policy"), Kind.ADDITIONAL, ("basic",), "employee_id", controller="operator",
    retention="case+3y", aged_by="at", on_erase="delete", clauses=("C8-03",),
)  # fmt: skip
_ASSESSMENT = Personal(
    _("Impact assessments you wrote or signed"), Kind.BASIC, ("security",), "assessed_by", source="use",
    retention="case+3y", aged_by="assessed_at", on_erase="keep", clauses=("C8-09",),
)  # fmt: skip

declare(
    "policy.Release",
    "id number hash snapshot notes reasons reduces_rights renews_consents announced_at comments_close_at effective_at",
    NotPersonal("a published text"),
)
declare("policy.Comment", "employee_id name text at", _COMMENT)
declare("policy.Comment", "id release", NotPersonal("technical key"))
declare("policy.Assessment", "assessed_by assessed_at signed_by signed_at", _ASSESSMENT)
declare(
    "policy.Assessment",
    "id organization subject risk necessity effects measures",
    NotPersonal("about a purpose or function, not a person"),
)
