"""What sharing keeps, in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_kinds(
    {
        "partners.consenttext": _("Text of a consent"),
        "partners.outgoing": _("Message to a partner"),
        "partners.inbound": _("Message from a partner"),
        "partners.binding": _("Bound account"),
        "partners.appgrant": _("Access of an app"),
    }
)
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
