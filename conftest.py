"""What all tests share: plain static files, fast password hashing. Their data folder: `lianfang.testdata`.

With `--only-database` the tests that touch no database are left out: on a second kind of database they
would say the same again.
"""

import os
from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
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


_FIXTURES_OF_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-database", action="store_true", help="leave out tests that touch no database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # They take longest, and pytest-django would leave them to the end, where one process waits for them.
    items.sort(key=lambda item: item.get_closest_marker("own_database") is None)
    if not config.getoption("--only-database"):
        return
    left_out = [item for item in items if not _touches_a_database(item)]
    items[:] = [item for item in items if _touches_a_database(item)]
    config.hook.pytest_deselected(items=left_out)


def _touches_a_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("django_db") or item.get_closest_marker("own_database"):
        return True
    test_class = item.getparent(pytest.Class)
    if test_class is not None and issubclass(test_class.obj, TransactionTestCase):
        return True
    return bool(_FIXTURES_OF_A_DATABASE.intersection(getattr(item, "fixturenames", ())))


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
