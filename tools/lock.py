"""Write the lock files anew from pyproject.toml: the newest versions that its lines allow, with hashes.

    requirements/run.lock   what the site needs, and what builds the package
    requirements/dev.lock   and what tests, checks and benchmarks need
    requirements/ocr.lock   what the site needs, and the reader of photographs

The files hold for every platform and name no address; pip installs them with `--require-hashes`.
"""

import re
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
LOCKS: dict[str, list[str]] = {
    "run": ["--group", "build"],
    "dev": ["--group", "build", "--group", "dev"],
    "ocr": ["--group", "build", "--extra", "ocr"],
}
_ADDRESS = re.compile(r"https?://|--index-url|--find-links")


def main() -> int:
    for name, choice in LOCKS.items():
        target = HOUSE / "requirements" / f"{name}.lock"
        print(f"{target.relative_to(HOUSE)} …", flush=True)
        compiled = subprocess.run(
            [
                *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml"),
                *("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--upgrade"),
                *("--no-emit-index-url", "--no-emit-find-links", "--quiet"),
                *choice,
            ],
            cwd=HOUSE,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        if compiled.returncode:
            return compiled.returncode
        if found := _ADDRESS.search(compiled.stdout):
            sys.exit(f"{target.name} would name an address: {found.group()}")
        target.write_text(compiled.stdout, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
