"""Who stands in which part towards personal data (agreement 1.1)."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registers import Role, role

role(Role(
    code="operator", title=_("Operator"),
    duty=_("runs the service; decides about accounts and their security; acts for the organizations otherwise"),
))  # fmt: skip
role(Role(
    code="organization", title=_("Organization"),
    duty=_("decides which functions are used and so which work data is kept; answers for it"),
))  # fmt: skip
role(Role(
    code="administrator", title=_("Administrator"),
    duty=_("a member whom the organization has charged with looking after Qince"),
))  # fmt: skip
role(Role(
    code="sub_administrator", title=_("Sub-administrator"),
    duty=_("a member who looks after some departments or some functions"),
))  # fmt: skip
role(Role(
    code="privacy_officer", title=_("Privacy officer"),
    duty=_("answers requests and complaints, keeps the registers, signs impact assessments"),
))  # fmt: skip
role(Role(
    code="auditor", title=_("Auditor"), duty=_("reads the trail and verifies it; changes nothing"),
))  # fmt: skip
role(Role(
    code="member", title=_("Member"), duty=_("has an account and uses the service for work"),
))  # fmt: skip
role(Role(
    code="subject", title=_("Data subject"),
    duty=_("anyone data is kept about, member or not: contacts at customers, guardians, relatives"),
))  # fmt: skip
