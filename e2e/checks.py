"""What every page must keep: labels, headings, contrast, no sideways scrolling, targets for fingers."""

from pathlib import Path

from playwright.sync_api import Page

_SCRIPT = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")


def assert_accessible(page: Page) -> None:
    """Fields, buttons and pictures have names; one h1, no gap below it; ids once; text that can be read."""
    assert page.evaluate(f"{_SCRIPT}; findTrouble()") == []


def assert_fits(page: Page) -> None:
    """The page does not scroll sideways, and nothing visible sticks out on the right."""
    assert page.evaluate(f"{_SCRIPT}; findOverflow()") == []


def assert_finger_sized(page: Page, selector: str, pixels: int = 44) -> None:
    """What matches is at least this high or wide enough to hit with a gloved finger."""
    assert page.evaluate(f"{_SCRIPT}; findSmall({selector!r}, {pixels})") == []


def focus_order(page: Page, steps: int) -> list[str]:
    """The texts or labels of what Tab reaches, in its order."""
    reached = []
    for _step in range(steps):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(f"{_SCRIPT}; nameOf(document.activeElement)"))
    return reached
