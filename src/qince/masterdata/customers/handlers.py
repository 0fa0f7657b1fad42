"""What other rooms may ask of customers; what becomes of a leaver's."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qince.core.erasure.events import ContactCorrected
from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, send
from qince.core.people import belongings
from qince.core.people.events import EmployeeLeft
from qince.core.people.models import Employee
from qince.core.rights import registry as rights
from qince.engines.forms import references
from qince.engines.forms.schema import Kind
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id
from qince.masterdata.customers import contacts
from qince.masterdata.customers.choices import CUSTOMERS
from qince.masterdata.customers.handing_over import hand_over
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.customers.queries import CURRENT

rights.mobile_finders.append(contacts.rows_with_mobile)

references.provide(Kind.CUSTOMER, CUSTOMERS)


CORRECTED = letters.kind(
    "customers.contact_corrected",
    title=_("The contact person of %(customer)s was corrected"),
    body=_("Their name or telephone number was wrong. Open the customer and use only what stands there now."),
)


@subscribe(ContactCorrected)
def tell_who_was_given_it(event: ContactCorrected) -> None:
    """Whoever looks after the customer carries the wrong value on the phone, and perhaps in the head."""
    if event.model != "customers.customer":
        return
    keepers = Assignment.objects.filter(CURRENT, customer=event.row_id).values_list("employee_id", flat=True)
    if to := [Addressee(employee_id=each) for each in keepers]:
        send(
            system_actor(current_organization_id(), "customers.tell_of_correction"), to=to, kind=CORRECTED,
            values={"customer": Customer.objects.get(pk=event.row_id).name}, channels=("app",),
            link=f"/customers/{event.row_id}/", now=clock.now(),
        )  # fmt: skip


@subscribe(EmployeeLeft)
def pass_customers_on(event: EmployeeLeft) -> None:
    if not Assignment.objects.filter(CURRENT, employee=event.employee_id).exists():
        return
    hand_over(
        system_actor(current_organization_id(), "customers.hand_over"),
        employee_id=event.employee_id,
        successor_id=event.successor_id,
        now=clock.now(),
    )


@belongings.tell
def customers_of(employee: Employee) -> str:
    count = Assignment.objects.filter(CURRENT, employee=employee).count()
    return ngettext("%(n)d customer", "%(n)d customers", count) % {"n": count} if count else ""
