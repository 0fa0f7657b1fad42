"""What somebody who leaves hands over: features above tell it in words, for the page that asks for the successor.

    @belongings.tell
    def customers_of(employee: Employee) -> str: ...

The words are such as "12 customers", or empty where there is nothing.
"""

from collections.abc import Callable

from qince.core.people.models import Employee

Tell = Callable[[Employee], str]
_tellers: list[Tell] = []


def tell(teller: Tell) -> Tell:
    _tellers.append(teller)
    return teller


def of(employee: Employee) -> list[str]:
    return [words for teller in _tellers if (words := teller(employee))]
