"""A data folder of their own for tests, wherever they are started from: a plugin of pytest.

pytest reads the settings before any conftest.py, so this must stand earlier (`-p` in pyproject.toml).
Whoever has set LIANFANG_DATA for the tests (as `make test` does) keeps it.
"""

import os
import tempfile

# Tests never touch the data of an installation.
os.environ.setdefault("LIANFANG_DATA", tempfile.mkdtemp(prefix="lianfang-test-"))
