"""Browser tests: the system's Chromium, a desk and a phone, officers who are signed in.

    def test_…(desk: Page, live: Live) -> None:
        live.sign_in(desk, an_officer(Role.GIFT_CLERK))
        desk.goto(live.url("donations"))

A page that logs an error, throws, breaks the content policy or is answered 500 fails its test at the end.
`assert_accessible(page)` (in `e2e.checks`) looks for labels, headings, contrast and focus.
"""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

from lianfang.engines.papers.fonts import font_folder
from lianfang.people.models import Officer

# Playwright keeps an event loop in this thread; Django would refuse to query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True, slots=True)
class Live:
    """The running house of a test."""

    address: str

    def url(self, name: str, *args: object) -> str:
        return self.address + reverse(name, args=args)

    def sign_in(self, page: Page, officer: Officer) -> None:
        """Give the page the session of an officer, without walking through the sign-in page."""
        client = Client()
        client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
        page.context.add_cookies(
            [
                {
                    "name": django_settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[django_settings.SESSION_COOKIE_NAME].value,
                    "url": self.address,
                }
            ]
        )


@pytest.fixture
def live(live_server: object) -> Live:
    cache.clear()  # rate limits are counted there, and the cache outlives a test
    return Live(live_server.url)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the browser's camera films: a file in Y4M, read anew whenever a page opens the camera."""
    return tmp_path_factory.mktemp("camera") / "camera.y4m"


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory, camera: Path) -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium on this machine")
    environment = {
        **os.environ,
        "FONTCONFIG_FILE": str(_font_configuration(tmp_path_factory.mktemp("fonts"))),
    }
    with sync_playwright() as playwright:
        filming = [
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={camera}",
        ]
        found = playwright.chromium.launch(
            executable_path=executable, args=[*FLAGS, *filming], env=environment
        )
        yield found
        found.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page on a desk: 1280 × 800, in Chinese."""
    yield from _watched_page(
        browser.new_context(
            viewport={"width": 1280, "height": 800}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
    )


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone: 360 × 740, touched, in Chinese."""
    yield from _watched_page(
        browser.new_context(
            viewport={"width": 360, "height": 740},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=True,
            is_mobile=True,
        )
    )


def _watched_page(context: BrowserContext) -> Iterator[Page]:
    context.set_default_timeout(10_000)
    page = context.new_page()
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # That the server answered 403 or 429 is for the test to judge, not an error of the page.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            wrong.append(message.text)

    def watch(response: Response) -> None:
        if response.status >= 500:
            wrong.append(f"{response.status} {response.url}")

    page.on("console", hear)
    page.on("response", watch)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def _font_configuration(folder: Path) -> Path:
    """A machine without Chinese fonts shows the ones that our papers are printed with."""
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts</dir><dir>{font_folder()}</dir><cachedir>{folder / 'cache'}</cachedir>"
        "<alias><family>system-ui</family><prefer><family>Noto Sans SC</family></prefer></alias>"
        "<alias><family>sans-serif</family><prefer><family>Noto Sans SC</family></prefer></alias>"
        "</fontconfig>",
        encoding="utf-8",
    )
    return path
