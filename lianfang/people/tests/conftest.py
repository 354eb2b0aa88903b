from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """A request in English leaves its language behind in the thread; the next test begins in Chinese."""
    with translation.override("zh-hans"):
        yield
