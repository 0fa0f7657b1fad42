"""Acts of erasing in words, for the trail."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "erasure.erase": _("Erased a person's data"),
        "erasure.erase_again": _("Erased again after a restore"),
        "erasure.copy": _("Had a copy of a person's data made"),
        "erasure.copy_own": _("Had a copy of the own data made"),
        "erasure.link_copy": _("Made a link to a copy"),
        "erasure.collect_copy": _("Collected a copy"),
        "erasure.restrict": _("Restricted the use of a person's data"),
        "erasure.keep_report": _("Ran retention"),
        "erasure.try_retention": _("Tried retention"),
        "erasure.place_hold": _("Placed a hold"),
        "erasure.release_hold": _("Released a hold"),
        "erasure.lift_restriction": _("Lifted the restriction of a person's data"),
        "erasure.set_aside": _("Set a contact's data aside"),
        "erasure.put_back": _("Put a contact's data back"),
    }
)
timeline.name_kinds(
    {
        "access.grant": _("Granted role"),
        "accounts.onetimecode": _("One-time code"),
        "accounts.outboxmessage": _("Message in the developer outbox"),
        "accounts.recoverycode": _("Recovery code"),
        "attendance.punch": _("Clock-in or clock-out"),
        "customers.assignment": _("Customer looked after"),
        "erasure.copy": _("Copy of personal data"),
        "erasure.erasure": _("Erasure"),
        "erasure.hold": _("Hold"),
        "erasure.setaside": _("Contact set aside"),
        "erasure.report": _("Retention report"),
        "files.upload": _("File on its way"),
        "letters.delivery": _("Way of a message"),
        "people.affiliation": _("Organization of the account"),
        "people.membership": _("Department over time"),
        "people.reportingline": _("Manager over time"),
        "routes.routestop": _("Stop of a route"),
        "sessions.session": _("Session of the console"),
        "sync.holding": _("Records on the phone"),
        "sync.operation": _("Delivery of the phone"),
        "tracking.fix": _("Point of a track"),
        "visits.checkevent": _("Check-in or check-out"),
        "visits.photo": _("Photo of a visit"),
        "visits.steprecord": _("Answer of a visit"),
    }
)
timeline.name_kinds(
    {
        "erasure.mark": _("Mark of the erasure ledger"),
        "erasure.farewell": _("Farewell to a phone"),
    }
)
timeline.name_facts(
    {
        "case": _("request"),
        "collected": _("collected"),
        "dry_run": _("trial run"),
        "released": _("released"),
        "restricted": _("restricted"),
    }
)
