"""Customers as tests need them; call inside the tenant."""

from datetime import timedelta
from itertools import count

from qince.kit import clock
from qince.masterdata.customers.models import Assignment, Customer

_numbers = count(1)
HERE = {"lat": 32.0415, "lng": 118.7781, "given_lat": 32.0415, "given_lng": 118.7781}


def store(employee=None, **fields):
    number = next(_numbers)
    fields = {"name": f"苏果便利({number}店)", "code": f"S{number:05d}", "radius_m": 200, **HERE, **fields}
    found = Customer.objects.create(**fields)
    if employee:
        since = clock.now().date() - timedelta(days=30)
        Assignment.objects.create(customer=found, employee=employee, starts_on=since)
    return found


def distributor(**fields):
    return store(kind=Customer.Kind.DISTRIBUTOR, **fields)
