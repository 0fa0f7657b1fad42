"""Expressions, as XLSForm writes them: a small safe part of XPath, read into a tree.

`${name}` a field, `.` the answer itself, `position(..)` the row's number, words of a choice's columns in filters;
numbers, texts, `and or = != < <= > >= + - * div mod`, and the functions of `functions.py`. Nothing else: no paths, no
instances, no axes. The phone's `parse.js` reads the same.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# ("num", text) ("str", text) ("ref", name) ("attr", name) ("self",) ("parent",) ("call", name, [nodes])
# ("op", sign, left, right) ("neg", node)
Node = tuple[Any, ...]
LONGEST, DEEPEST = 1000, 40

TOKEN = re.compile(
    r"[ \t\r\n]*(?:"
    r"(?P<num>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<str>\"[^\"]*\"|'[^']*')"
    r"|\$\{[ ]*(?P<ref>[A-Za-z_][A-Za-z0-9_.-]*)[ ]*\}"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_-]*(?::[A-Za-z_][A-Za-z0-9_-]*)?)"
    r"|(?P<sign>\.\.|!=|<=|>=|[-=<>+*(),.])"
    r")",
    re.ASCII,
)
LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"),
)  # fmt: skip


@dataclass(frozen=True)
class Faulty(Exception):
    """An expression that cannot be read: where, and what stands there."""

    code: str
    at: int
    what: str = ""


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of an expression. Raises `Faulty`."""
    if len(text) > LONGEST:
        raise Faulty("too_long", LONGEST)
    return _Parser(text).whole()


@lru_cache(maxsize=4096)
def references(text: str) -> tuple[str, ...]:
    """Names of the fields an expression speaks of."""
    return tuple(dict.fromkeys(each[1] for each in walk(parse(text)) if each[0] == "ref")) if text else ()


def walk(node: Node) -> Any:
    """The node and all below it."""
    yield node
    for part in node[1:]:
        if isinstance(part, tuple):
            yield from walk(part)
        elif isinstance(part, list):
            for each in part:
                yield from walk(each)


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.at, self.depth = text, _tokens(text), 0, 0

    def whole(self) -> Node:
        found = self.level(0)
        if self.kind != "end":
            raise self.fault("unexpected")
        return found

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def value(self) -> str:
        return self.tokens[self.at][1]

    def fault(self, code: str) -> Faulty:
        return Faulty(code, self.tokens[self.at][2], self.value)

    def take(self, sign: str) -> None:
        if self.kind != "sign" or self.value != sign:
            raise self.fault("expected_" + {"(": "opening", ")": "closing"}.get(sign, "sign"))
        self.at += 1

    def level(self, number: int) -> Node:
        if number == len(LEVELS):
            return self.unary()
        found = self.level(number + 1)
        while self.kind in ("sign", "name") and self.value in LEVELS[number]:
            sign = self.value
            self.at += 1
            found = ("op", sign, found, self.level(number + 1))
        return found

    def unary(self) -> Node:
        if self.kind == "sign" and self.value == "-":
            self.at += 1
            return ("neg", self._deeper(self.unary))
        return self._deeper(self.primary)

    def _deeper(self, read: Any) -> Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.fault("too_deep")
        found: Node = read()
        self.depth -= 1
        return found

    def primary(self) -> Node:
        kind, value, _at = self.tokens[self.at]
        self.at += 1
        if kind in ("num", "str", "ref"):
            return (kind, value)
        if kind == "sign" and value == ".":
            return ("self",)
        if kind == "sign" and value == "..":
            return ("parent",)
        if kind == "sign" and value == "(":
            found = self.level(0)
            self.take(")")
            return found
        if kind == "name":
            return self.call(value) if self.kind == "sign" and self.value == "(" else ("attr", value)
        self.at -= 1
        raise self.fault("unexpected")

    def call(self, name: str) -> Node:
        self.take("(")
        given: list[Node] = []
        while not (self.kind == "sign" and self.value == ")"):
            if given:
                self.take(",")
            given.append(self.level(0))
        self.take(")")
        return ("call", name, given)


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found, at = [], 0
    end = len(text.rstrip(" \t\r\n"))
    while at < end:
        token = TOKEN.match(text, at)
        if token is None:
            raise Faulty("unknown_sign", at, text[at : at + 10].strip())
        kind = token.lastgroup or ""
        value = token[kind]
        found.append((kind, value[1:-1] if kind == "str" else value, token.start(kind)))
        at = token.end()
    return [*found, ("end", "", end)]
