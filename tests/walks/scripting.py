"""Stories of the walks, told one after the other: `python -m tests.walks.scripting` reads calls and prints answers.

Django and the stories are loaded once. Each call runs in a fork of its own, so it is as fresh as a process of its own:
nothing that a process keeps for a while is left over from the call before, and no connection is shared.

A call: `["tests.walks.story", "hire", "孙七", "+8619900000071"]`. What comes back: `{"answer": …}` or `{"fault": …}`.
"""

import json
import os
import sys
import traceback
from importlib import import_module

import django


def answer(module: str, function: str, *words: str) -> str:
    try:
        return json.dumps({"answer": getattr(import_module(module), function)(*words)}, default=str)
    except BaseException:  # whatever it was: the test that asked is told
        return json.dumps({"fault": traceback.format_exc()})


def in_a_fork(call: list[str]) -> None:
    pid = os.fork()
    if pid == 0:
        print(answer(*call), flush=True)
        os._exit(0)
    os.waitpid(pid, 0)


def main() -> None:
    django.setup()
    for line in sys.stdin:
        call = json.loads(line)
        import_module(call[0])
        in_a_fork(call)


if __name__ == "__main__":
    main()
