"""What `make bench` runs: each program of bench/, one after another, and at the end which of them failed.

    python tools/benchmarks.py [NAME …]

A benchmark is a program that prints what it measured and ends with 0 when its promise holds.
"""

import subprocess
import sys
import time
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent


def main(chosen: list[str]) -> int:
    programs = {path.stem: path for path in sorted((HOUSE / "bench").glob("*.py")) if path.stem != "__init__"}
    if unknown := set(chosen) - set(programs):
        sys.exit(f"No benchmark {', '.join(sorted(unknown))}; there are {', '.join(programs)}.")
    failed = []
    for name, path in programs.items():
        if chosen and name not in chosen:
            continue
        print(f"\n=== {name} ===", flush=True)
        started = time.monotonic()
        code = subprocess.run([sys.executable, str(path)], cwd=HOUSE, check=False).returncode
        print(f"{name}: {'held' if code == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
        if code:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
