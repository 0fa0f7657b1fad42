#!/usr/bin/env python3
"""Make every file of this folder anew: the same content each time.

python examples/make_examples.py [--into DIR] [--no-pictures]
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

from making import foreign_address_books, people, products, stores  # noqa: E402
from making.pictures import draw_picture  # noqa: E402
from making.workbooks import write_csv, write_workbook  # noqa: E402
from making.xlsforms import make_xlsforms  # noqa: E402

SEED = 20261102


def make_everything(folder: Path, *, with_pictures: bool = True) -> None:
    """Write all example files into ``folder``, replacing those there."""
    folder.mkdir(parents=True, exist_ok=True)
    staff = people.make_people(random.Random(SEED))
    _make_address_books(folder, staff)
    customers = stores.make_customers(random.Random(SEED + 1), staff)
    write_csv(folder / "stores.csv", stores.HEADINGS, (customer.row() for customer in customers))
    write_csv(folder / "stores-faulty.csv", stores.HEADINGS, stores.faulty_rows(customers))
    range_ = products.make_products()
    rows = [product.row() for product in range_]
    write_workbook(folder / "products.xlsx", products.HEADINGS, rows, products.NOTES)
    make_xlsforms(folder / "forms")
    if with_pictures:
        _draw_pictures(folder / "products", range_)


def _make_address_books(folder: Path, staff: list[people.Person]) -> None:
    foreign = foreign_address_books
    ours, notes = people.HEADINGS, people.NOTES
    write_workbook(folder / "address-book.xlsx", ours, people.our_rows(staff), notes)
    write_workbook(folder / "address-book-faulty.xlsx", ours, people.faulty_rows(staff), notes)
    dingtalk = folder / "address-book-dingtalk.xlsx"
    write_workbook(dingtalk, foreign.DINGTALK_HEADINGS, foreign.dingtalk_rows(staff))
    wecom = folder / "address-book-wecom.xlsx"
    write_workbook(wecom, foreign.WECOM_HEADINGS, foreign.wecom_rows(staff))


def _draw_pictures(folder: Path, range_: list[products.Product]) -> None:
    folder.mkdir(exist_ok=True)
    for product in range_:
        draw_picture(product, folder / product.picture)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=HERE, help="folder to write to (default: this one)")
    parser.add_argument("--no-pictures", action="store_true", help="leave the pack shots as they are")
    options = parser.parse_args()
    make_everything(options.into, with_pictures=not options.no_pictures)


if __name__ == "__main__":
    main()
