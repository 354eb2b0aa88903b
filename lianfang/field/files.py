"""The files of the phone page: what a phone keeps so that the page opens without network."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage

from lianfang.desk.phone_tasks import phone_tasks

WORKER = "field/worker.js"
_VENDORED = ("vendor/zxing-wasm-3.1.4", "vendor/jsqr-1.4.0", "vendor/noble-ed25519-3.2.0")
_SINGLE = ("web/mark.svg", "vendor/bootstrap-icons-1.13.2/icons.svg")


def phone_files() -> dict[str, Path]:
    """Name below /static/ → file, of everything that the phone page may ask for."""
    folders = ("field", *_VENDORED, *(task.folder for task in phone_tasks()))
    found: dict[str, Path] = {}
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            wanted = name in _SINGLE or any(name.startswith(f"{folder}/") for folder in folders)
            if wanted and name != WORKER and not name.endswith("LICENSE") and name not in found:
                assert isinstance(storage, StaticFilesStorage | type(storage))
                found[name] = Path(storage.path(name))
    return dict(sorted(found.items()))


def address(name: str) -> str:
    """Where a file is asked for: by its plain name, since modules name one another so."""
    return f"{settings.STATIC_URL}{name}"


def version() -> str:
    """Changes with any byte of any file: then the phone takes the new ones, all together."""
    return _version() if not settings.DEBUG else _version.__wrapped__()


@lru_cache(maxsize=1)
def _version() -> str:
    digest = hashlib.sha256(Path(finders.find(WORKER) or "").read_bytes())
    for name, path in phone_files().items():
        digest.update(f"{name}\n".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
