"""The phone's API: every router under one address, each with the guard it needs."""

from qince.core.erasure.api import router as copies
from qince.core.files.api import router as files
from qince.core.letters.api import router as letters
from qince.core.policy.api import router as policy
from qince.core.privacy.api import router as privacy
from qince.core.profile.api import router as profile
from qince.core.profile.colleagues import router as colleagues
from qince.core.rights.api import router as rights
from qince.core.signin.api import router as signin
from qince.employee.attendance.api import router as attendance
from qince.employee.calendar.api import router as calendar
from qince.employee.daily_reports.api import router as daily_reports
from qince.employee.leave.api import router as leave
from qince.engines.approvals.api import router as approvals
from qince.engines.notifications.api import router as notifications
from qince.engines.partners.api import router as partners
from qince.engines.sync.api import router as sync
from qince.engines.sync.auth import PhonePerson, PhoneWorker
from qince.kit.api import Api
from qince.sales.tracking.api import router as tracking

phone = Api(
    title="Qince phone API",
    version="1.0.0",
    description="The protocol is told as a story in docs/sync.md.",
    urls_namespace="phone_api",
    docs_url=None,
    openapi_url="/openapi.json",
)
phone.add_router("", signin)
phone.add_router("", privacy, auth=PhonePerson())
phone.add_router("", letters, auth=PhonePerson())
phone.add_router("", notifications, auth=PhonePerson())
phone.add_router("", rights, auth=PhonePerson())
phone.add_router("", copies, auth=PhonePerson())
phone.add_router("", profile, auth=PhonePerson())
phone.add_router("", colleagues, auth=PhoneWorker())
phone.add_router("", policy, auth=PhonePerson())
phone.add_router("", sync, auth=PhonePerson())  # reads the person itself, in the transaction of the work
phone.add_router("", tracking, auth=PhonePerson())  # likewise
phone.add_router("", attendance, auth=PhoneWorker())
phone.add_router("", leave, auth=PhoneWorker())
phone.add_router("", daily_reports, auth=PhoneWorker())
phone.add_router("", calendar, auth=PhoneWorker())
phone.add_router("", files, auth=PhoneWorker())
phone.add_router("", partners, auth=PhoneWorker())
phone.add_router("", approvals, auth=PhoneWorker())
