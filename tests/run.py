"""What `make test` runs: the whole suite on SQLite, and again on PostgreSQL where one answers.

The browser tests run once, on SQLite: what a browser shows is the same on both, since every promise
about data is asked without one, and they take four of the ten minutes of a whole run.

TEST_DATABASE_URL names the PostgreSQL server (a database to connect to; the tests make and drop
their own beside it). Arguments go to pytest. With CI set nothing may be missing: a test that was
skipped, or a server that does not answer, fails the run.
"""

import getpass
import os
import subprocess
import sys

import psycopg
import pytest

POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", f"postgres://{getpass.getuser()}@127.0.0.1:5432/postgres"
)
# One more than there are cores, since tests with a browser wait half of their time.
WORKERS = min(4, len(os.sched_getaffinity(0)) + 1)
ALL_CORES = ["-n", str(WORKERS), "--dist", "worksteal"]


def answers(url: str) -> str:
    """Empty if the server answers, else what it said."""
    try:
        with psycopg.connect(url.replace("postgres://", "postgresql://", 1), connect_timeout=3):
            return ""
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[-1]


def run(name: str, arguments: list[str], **environment: str) -> int:
    print(f"\n=== {name} ===", flush=True)
    # The suite decides on its own databases and caches, whatever this shell has set.
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_URL", "CACHE_URL", "ALLOWED_HOSTS", "SECRET_KEY", "DEBUG")
    }
    command = [sys.executable, "-m", "pytest", *ALL_CORES, *arguments]
    return subprocess.run(command, env={**kept, **environment}, check=False).returncode


def main(arguments: list[str]) -> int:
    results = {"SQLite": run("SQLite", arguments)}
    silence = answers(POSTGRES)
    if not silence:
        code = run("PostgreSQL", ["-m", "not browser", *arguments], DATABASE_URL=POSTGRES)
        only_browser = code == pytest.ExitCode.NO_TESTS_COLLECTED and not results["SQLite"]
        results["PostgreSQL"] = 0 if only_browser else code
    print()
    for name, code in results.items():
        print(f"{name}: {'passed' if code == 0 else f'failed (pytest exit {code})'}")
    if not silence:
        print("The browser tests ran on SQLite alone.")
    if silence:
        print(
            f"PostgreSQL: NOT RUN, because {POSTGRES} does not answer ({silence}). "
            "Start one, or name yours in TEST_DATABASE_URL."
        )
        if os.environ.get("CI"):
            return 1
    return max(results.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
