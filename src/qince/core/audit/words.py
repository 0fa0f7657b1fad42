"""Acts of the core in words, for the trail and for timelines. Features name their own beside their screens."""

from django.utils.translation import gettext_lazy as _

from qince.core.audit import instructions
from qince.kit.resource import timeline

instructions.count_as(
    "organizations.edit",
    "organizations.edit_settings",
    "organizations.close_family",
    "organizations.open_family",
)
timeline.name_acts(
    {
        "access.delete_role": _("Role deleted"),
        "access.delete_view": _("Saved view deleted"),
        "access.save_view": _("View saved"),
        "accounts.answer_scan": _("Sign-in by scanning answered"),
        "accounts.activate_phone": _("Phone activated"),
        "accounts.confirm_device": _("Device confirmed"),
        "accounts.confirm_own_device": _("Own device confirmed"),
        "accounts.enroll_authenticator": _("Authenticator set up"),
        "accounts.remove_authenticator": _("Authenticator removed"),
        "accounts.set_password": _("Password set"),
        "accounts.sign_in": _("Signed in"),
        "accounts.sign_out": _("Signed out"),
        "accounts.sign_out_device": _("Device signed out"),
        "accounts.unbind_device": _("Device unbound"),
        "audit.entry.export": _("Exported the audit trail"),
        "files.delete": _("File removed"),
        "files.receive": _("File received"),
        "organizations.close_family": _("Function closed"),
        "organizations.open_family": _("Function opened"),
        "organizations.complete_registration": _("Registration completed"),
        "organizations.open": _("Organization opened"),
        "organizations.record_opener_proof": _("Opener's proof handed in"),
        "organizations.edit": _("Organization changed"),
        "organizations.edit_settings": _("Settings changed"),
        "organizations.register": _("Organization registered"),
        "people.activate": _("Employee activated"),
        "people.delete_department": _("Department deleted"),
        "privacy.open_prompt": _("Question shown"),
        "privacy.record_consent": _("Consent recorded"),
        "privacy.record_permission": _("Device permission recorded"),
        "privacy.record_served": _("Notice shown"),
    }
)

timeline.name_kinds(
    {
        "accounts.attempt": _("Try to sign in"),
        "access.grant": _("Granted role"),
        "accounts.recoverycode": _("Recovery code"),
        "files.upload": _("Upload"),
        "people.affiliation": _("Membership of the organization"),
        "people.membership": _("Membership of a department"),
        "people.reportingline": _("Reporting line"),
        "access.role": _("Role"),
        "access.savedview": _("Saved view"),
        "accounts.account": _("Account"),
        "accounts.device": _("Device"),
        "audit.entry": _("Audit trail"),
        "files.blob": _("File"),
        "organizations.organization": _("Organization"),
        "people.department": _("Department"),
        "people.employee": _("Employee"),
        "privacy.consent": _("Consent"),
        "privacy.consententry": _("Consent"),
        "signin.openerproof": _("Opener's proof"),
        "privacy.noticeversion": _("Privacy notice"),
    }
)

timeline.name_facts(
    {
        "act": _("act"),
        "at": _("time"),
        "code": _("code"),
        "credit_code": _("credit code"),
        "decided_by": _("decided by"),
        "ends_at": _("until"),
        "ends_on": _("until"),
        "expires_at": _("expires"),
        "group": _("group"),
        "is_active": _("in use"),
        "kind": _("kind"),
        "leader": _("leader"),
        "media_type": _("type of file"),
        "mobile": _("mobile"),
        "name": _("name"),
        "opened_by": _("opened by"),
        "picture": _("picture"),
        "size": _("size"),
        "source": _("source"),
        "starts_at": _("from"),
        "starts_on": _("from"),
        "state": _("state"),
        "steps": _("steps"),
        "asks_anew": _("asks anew"),
        "authenticator": _("authenticator"),
        "carried_out": _("carried out"),
        "ceases_on": _("ends on"),
        "confirmed": _("confirmed"),
        "exported": _("exported"),
        "family": _("function"),
        "format": _("format"),
        "handover": _("handing over"),
        "now": _("time"),
        "other_sessions_ended": _("other sessions ended"),
        "platform": _("platform"),
        "resource": _("list"),
        "revoked": _("revoked"),
        "scan": _("scan"),
        "terms": _("terms"),
        "visibility": _("visibility"),
    }
)

_BY_VERB = {"export": _("Exported"), "import": _("Imported")}


def act_words(act: str) -> str:
    """The act in words; exports and imports of any feature by their verb, since the kind stands beside it."""
    named = str(timeline.words_for(act))
    verb = act.rpartition(".")[2]
    return str(_BY_VERB[verb]) if verb in _BY_VERB and named == verb.capitalize() else named
