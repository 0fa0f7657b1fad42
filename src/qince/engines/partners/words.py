"""What sharing keeps, in words."""

from django.utils.translation import gettext_lazy as _

from qince.core.audit import instructions
from qince.engines.partners.registry import FIELDS
from qince.kit.resource import timeline

instructions.count_as(
    "partners.create_recipient", "partners.edit_recipient", "partners.switch_on", "partners.switch_off"
)
timeline.name_acts(
    {
        "partners.create_recipient": _("Recipient entered"),
        "partners.edit_recipient": _("Recipient changed"),
        "partners.switch_on": _("Switched on"),
        "partners.switch_off": _("Switched off"),
        "partners.renew_secret": _("Signing key renewed"),
        "partners.renew_app_secret": _("Signing key renewed"),
        "partners.review": _("Review recorded"),
        "partners.enter_border": _("Cross-border entry made"),
        "partners.enter_contract": _("Contract entered"),
        "partners.enter_exception": _("Entry made"),
        "partners.approve_exception": _("Approved"),
        "partners.review_exception": _("Reviewed"),
        "partners.close_exception": _("Closed"),
        "partners.take_by_exception": _("Used without consent"),
        "partners.hand_over": _("Handed over"),
        "partners.share": _("Shared with a recipient"),
        "partners.release": _("Answered an app"),
        "partners.pass_on": _("Passed on"),
        "partners.receive": _("Message of a recipient taken"),
        "partners.unbind": _("Payment account unbound"),
        "partners.set_app": _("App set up"),
        "partners.open_app": _("App opened"),
        "partners.close_app": _("App closed"),
        "partners.redeem": _("App signed in"),
        "partners.read_profile": _("Profile asked for by an app"),
        "partners.draft_publication": _("Publication written"),
        "partners.publish": _("Published"),
        "partners.withdraw_publication": _("Withdrawn"),
        "partners.appeal_publication": _("Appealed"),
        "partners.export_anonymized": _("Anonymous figures exported"),
        "partners.prepare_package": _("Package prepared"),
        "partners.give_package": _("Package given out"),
        "partners.report_overdue": _("Overdue reviews reported"),
    }
)
timeline.name_kinds(
    {
        "partners.recipient": _("Recipient"),
        "partners.disclosure": _("Disclosure"),
        "partners.legalexception": _("Without consent"),
        "partners.crossborder": _("Cross-border register"),
        "partners.publication": _("Publication"),
        "partners.subjectcontract": _("Contract"),
        "partners.app": _("App"),
        "partners.package": _("Package for somebody named"),
        "partners.consenttext": _("Text of a consent"),
        "partners.outgoing": _("Message to a partner"),
        "partners.inbound": _("Message from a partner"),
        "partners.binding": _("Bound account"),
        "partners.appgrant": _("Access of an app"),
    }
)
timeline.name_values({"partners.recipient.fields": {each.code: each.label for each in FIELDS.values()}})
timeline.name_facts(
    {
        "appealed": _("contested"),
        "approvals": _("approvals"),
        "attention": _("attention"),
        "bound": _("bound"),
        "dimensions": _("dimensions"),
        "duty": _("duty"),
        "groups": _("groups"),
        "reviewed": _("reviewed"),
        "scopes": _("scopes"),
        "stopped": _("stopped"),
        "to": _("to"),
        "token": _("token"),
    }
)
