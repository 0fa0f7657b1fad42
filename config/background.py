"""The second process: sockets for live pages and the jobs' worker, in one event loop to save memory."""

import asyncio
import os
import signal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import uvicorn  # noqa: E402
from django.conf import settings  # noqa: E402
from procrastinate.contrib.django import app as jobs  # noqa: E402

from config import env  # noqa: E402
from qince.engines.live import hub  # noqa: E402

FAREWELL_S = 8  # within what the launcher grants


class Server(uvicorn.Server):
    """Uvicorn inside a loop that is not its own: the signals are handled here, for everything together."""

    def install_signal_handlers(self) -> None:
        return


async def main() -> None:
    host = env.text("QINCE_HOST", "127.0.0.1")
    config = uvicorn.Config(
        hub.socket,
        host=host,
        port=settings.SOCKET_PORT,
        log_level="warning",
        lifespan="off",
        ws="websockets-sansio",
        ssl_certfile=settings.TLS_CERTIFICATE or None,
        ssl_keyfile=settings.TLS_KEY or None,
    )
    server, stop = Server(config), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tasks = [asyncio.create_task(work) for work in (server.serve(), hub.listen(), hub.watch(), _work())]
    await asyncio.wait([asyncio.create_task(stop.wait()), *tasks], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    for task in tasks[1:]:
        task.cancel()
    _done, left = await asyncio.wait(tasks, timeout=FAREWELL_S)
    if left:  # the worker signs off from a database that is gone, or a job goes on: taken up again at the next start
        os._exit(1)


async def _work() -> None:
    """The worker, on a connection pool of its own; one that loses the database ends, and the supervisor starts anew."""
    connector = jobs.connector.get_worker_connector()  # type: ignore[attr-defined]
    async with jobs.with_connector(connector).open_async() as worker:
        await worker.run_worker_async(install_signal_handlers=False, concurrency=4)


if __name__ == "__main__":
    asyncio.run(main())
