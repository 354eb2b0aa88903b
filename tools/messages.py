"""The texts of the interface and their English translations.

    python tools/messages.py             collect the texts of each app into its locale/en/…/django.po
    python tools/messages.py --missing   list what has no English yet, app by app (exit code 1 if any)

The texts are Chinese where they are written, so there is nothing to translate into Chinese. An app
is a folder of the package with its own `locale`; what stands in no such folder goes to the package's.
A text that another app has translated already is taken over. Translations whose text is gone are dropped.
"""

import argparse
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

HOUSE = Path(__file__).resolve().parent.parent
PACKAGE = HOUSE / "lianfang"
APPS = [
    "book",
    "commandline",
    "desk",
    "duty",
    "enterprises",
    "field",
    "gates",
    "giving",
    "inspections",
    "notices",
    "people",
    "places",
    "rounds",
    "scenarios",
    "volunteers",
    "web",
]

# What a terminal writes in short (the name of an argument, a column of a table) is no heading of a page.
_IN_ITS_OWN_WORDS = {"commandline"}

_KEYWORDS: dict[str, tuple[int, ...] | tuple[tuple[int, str], int] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_HEADER = """msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--missing", action="store_true", help="list texts without English, change nothing")
    catalogues = {app: collected(app) for app in ["", *APPS]}
    take_over(catalogues)
    if parser.parse_args().missing:
        return report(catalogues)
    for app, catalogue in catalogues.items():
        if write(app, catalogue):
            print(f"{path_of(app).relative_to(HOUSE)}: {len(catalogue)} texts")
    return 0


def collected(app: str) -> Catalog:
    """The texts of an app with the translations that its file holds."""
    catalogue = Catalog(locale="en")
    for path, found in _texts(app):
        catalogue.add(
            found.id, None, [(str(path.relative_to(HOUSE)), 0)], flags=found.flags, context=found.context
        )
    if path_of(app).exists():
        with path_of(app).open("rb") as file:
            for old in read_po(file, locale="en"):
                here = catalogue.get(old.id, old.context) if old.id else None
                if here is not None and not old.fuzzy:
                    here.string = old.string
    return catalogue


def take_over(catalogues: dict[str, Catalog]) -> None:
    """Give a text without English the one it has in another app."""
    known = {
        (message.context, message.id): message.string
        for app, catalogue in catalogues.items()
        if app not in _IN_ITS_OWN_WORDS
        for message in catalogue
        if is_translated(message)
    }
    for catalogue in catalogues.values():
        for message in catalogue:
            if message.id and not is_translated(message):
                message.string = known.get((message.context, message.id), message.string)


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(message.id) and all(strings)


def missing(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id and not is_translated(message)]


def report(catalogues: dict[str, Catalog]) -> int:
    waiting = 0
    for app, catalogue in catalogues.items():
        found = missing(catalogue)
        waiting += len(found)
        for message in found:
            print(f"{app or 'lianfang'}: {message.id!r}  ({message.locations[0][0]})")
    print(f"{waiting} texts without English")
    return 1 if waiting else 0


def path_of(app: str) -> Path:
    return PACKAGE / app / "locale" / "en" / "LC_MESSAGES" / "django.po"


def write(app: str, catalogue: Catalog) -> bool:
    """Write an app's file if it says something new."""
    if not len(catalogue):
        return False
    out = io.BytesIO()
    write_po(out, catalogue, width=110, omit_header=True, sort_by_file=True, include_lineno=False)
    text = _HEADER + out.getvalue().decode()
    path = path_of(app)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return True


def _texts(app: str) -> Iterator[tuple[Path, Message]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.settings")
    from django.utils.translation.template import templatize

    for path in _sources(app):
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = templatize(source, origin=str(path))
        for _line, text, _comments, context in extract(
            "python", io.BytesIO(source.encode()), keywords=_KEYWORDS, options={"encoding": "utf-8"}
        ):
            yield path, Message(text, context=context)


def _sources(app: str) -> list[Path]:
    if not app:
        return sorted(PACKAGE.glob("*.py"))
    folder = PACKAGE / app
    found = [*folder.rglob("*.py"), *folder.rglob("templates/**/*.html"), *folder.rglob("templates/**/*.txt")]
    return sorted(path for path in found if not {"tests", "migrations"} & set(path.parts))


if __name__ == "__main__":
    sys.exit(main())
