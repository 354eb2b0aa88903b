"""What all tests share: plain static files, fast password hashing. Their data folder: `lianfang.testdata`."""

import os
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

# A failing example prints the line that replays it; deadlines would make tests depend on the machine.
# People's runs look for new examples; continuous integration runs the same ones every time, so that a
# change is judged by what it changes.
hypothesis_settings.register_profile(
    "house",
    deadline=None,
    print_blob=True,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def _test_settings(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A request in English leaves its language behind in the thread; the next test begins in Chinese."""
    with translation.override("zh-hans"):
        yield
