"""The command line: options shared by every command, then the command itself."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from launcher.commands import (
    audit,
    backup,
    bench,
    clauses,
    database,
    doctor,
    manage,
    privacy,
    restore,
    test,
    up,
)
from launcher.place import ROOT, Place, version
from launcher.problem import Problem, known
from launcher.progress import Progress
from launcher.words import _

COMMANDS: dict[str, ModuleType] = {
    "up": up,
    "test": test,
    "bench": bench,
    "clauses": clauses,
    "doctor": doctor,
    "audit": audit,
    "backup": backup,
    "restore": restore,
    "privacy": privacy,
    "manage": manage,
    "database": database,
}


def main(arguments: Sequence[str]) -> int:
    """Run one command; returns the exit status: 0 done, 1 a problem, 2 wrong usage, 130 interrupted."""
    progress, data = Progress(), Path()
    try:
        options, rest = _parser().parse_known_args(arguments)
        module = COMMANDS[options.command]
        if rest and not module.PASSES_ON:
            raise Problem(
                _("Unknown option: {words}").format(words=" ".join(rest)),
                _("See: ./qince {command} --help").format(command=options.command),
            )
        options.rest = rest
        place = _place(options)
        data = place.data
        return int(module.run(options, place, progress))
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        problem = known(error, data)
        if problem is None:
            raise
        progress.problem(problem)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./qince",
        description=_("Qince: open, self-hosted software for companies with people in the field."),
        epilog=_("Start with: ./qince up --demo     Each command explains itself: ./qince up --help"),
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"Qince {version()}")
    shared = _shared_options()
    commands = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    for name, module in COMMANDS.items():
        sub = commands.add_parser(
            name,
            parents=[shared],
            help=module.SUMMARY,
            description=f"{module.SUMMARY}. {module.DETAIL}",
            allow_abbrev=False,
            add_help=name != "manage",
            usage=getattr(module, "USAGE", None),
        )
        module.add_arguments(sub)
    return parser


def _shared_options() -> argparse.ArgumentParser:
    """Every option also has an environment variable; the option wins."""
    shared = argparse.ArgumentParser(add_help=False)
    group = shared.add_argument_group(_("where Qince lies and listens"))
    for name, default, kind, metavar, text in (
        ("HOST", "127.0.0.1", str, "HOST", _("address to listen on")),
        ("PORT", "8000", _port, "PORT", _("port of the web server; sockets take the next one")),
        ("DATA", str(ROOT / "data"), str, "DIR", _("folder of database, files and logs")),
    ):
        variable = f"QINCE_{name}"
        text = f"{text} ({variable}; {_('now')} %(default)s)"
        value = os.environ.get(variable) or default
        group.add_argument(f"--{name.lower()}", default=value, type=kind, metavar=metavar, help=text)
    group.add_argument("--verbose", action="store_true", help=_("show what the programs behind say"))
    return shared


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65535:
        raise argparse.ArgumentTypeError(
            _("a port is a number from 1 to 65534, not {text}").format(text=text)
        )
    return int(text)


def _place(options: argparse.Namespace) -> Place:
    socket_port = os.environ.get("QINCE_SOCKET_PORT", "")
    return Place(
        root=ROOT,
        data=Path(options.data).expanduser().resolve(),
        host=options.host,
        port=options.port,
        socket_port=_port(socket_port) if socket_port else options.port + 1,
        verbose=options.verbose,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
