"""What sign-in leaves behind is forgotten by itself."""

from procrastinate.contrib.django import app

from qince.core.accounts.actions import forget
from qince.kit import clock


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="accounts.forget", pass_context=False)
def forget_hourly(timestamp: int) -> None:
    forget(now=clock.now())
