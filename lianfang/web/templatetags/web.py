"""Template filters of the shell."""

import re

from django import template

register = template.Library()

# Searched in this order: most browsers also claim to be Chrome and Safari.
_BROWSERS = [
    (r"MicroMessenger", "微信"),
    (r"QQBrowser", "QQ浏览器"),
    (r"360SE|360EE|QIHU", "360浏览器"),
    (r"HuaweiBrowser", "华为浏览器"),
    (r"Edg", "Edge"),
    (r"Firefox", "Firefox"),
    (r"Chrome|CriOS", "Chrome"),
    (r"Safari", "Safari"),
]
_SYSTEMS = [
    (r"OpenHarmony|HarmonyOS", "HarmonyOS"),
    (r"Android", "Android"),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux", "Linux"),
]


@register.filter
def browser(user_agent: str) -> str:
    """Chrome · Windows, of the long line by which a browser names itself; that line where it says neither."""
    names = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return " · ".join(name for name in names if name) or user_agent[:60]


def _first(patterns: list[tuple[str, str]], text: str) -> str:
    return next((name for pattern, name in patterns if re.search(pattern, text)), "")
