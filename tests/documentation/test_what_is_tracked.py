"""What must not stand in a file that travels with the project: paths of a machine, addresses of
registries, secrets; and that what the project uses may be used with its licence."""

import re
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
TRACKED = [
    HOUSE / name
    for name in subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    if name and (HOUSE / name).is_file()
]

# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of a machine": re.compile("(?<![\\w.])/" + "(?:work|home|Users|root)/[A-Za-z._-]"),
    "an address of a package registry": re.compile(
        r"(?:files\.python" + r"hosted|pypi\.(?:org|python)|registry\.npm" + r"js|deb\.deb" + "ian)",
        re.IGNORECASE,
    ),
    "an index of packages": re.compile(r"--(?:extra-)?index-" + "url|--find-" + "links"),
    "a private key": re.compile("-----BEGIN " + "[A-Z ]*PRIVATE KEY-----"),
    "an access token": re.compile(r"\b(?:ghp_|github_pat_|AKIA|xox[bp]-|sk-)" + r"[A-Za-z0-9_]{16,}"),
}
# Where the words themselves are what the file is about.
ALLOWED = {"tools/lock.py": {"an index of packages"}}


def test_nothing_of_a_machine_or_a_secret_is_tracked() -> None:
    found = []
    for path in TRACKED:
        name = str(path.relative_to(HOUSE))
        content = path.read_bytes()
        if b"\0" in content[:8000]:
            continue
        text = content.decode("utf-8", "replace")
        for what, pattern in FORBIDDEN.items():
            if what in ALLOWED.get(name, set()):
                continue
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{name}:{line}: {what}: {match.group()}")
    assert found == []


def test_no_large_file_is_tracked_by_mistake() -> None:
    large = {str(path.relative_to(HOUSE)): path.stat().st_size for path in TRACKED}
    assert {name: size for name, size in large.items() if size > 3 * 1024 * 1024} == {}


# Licences that a work under Apache-2.0 may depend on without changing its own terms: permissive ones,
# and weak copyleft that ends at the border of the library (LGPL, MPL) for libraries that are not altered.
COMPATIBLE = re.compile(
    r"apache|mit\b|bsd|isc\b|psf|python software foundation|zlib|unlicense|0bsd|hpnd|cnri"
    r"|lgpl|lesser general public|mpl|mozilla|ofl|open font|public domain|cc0|blueoak",
    re.IGNORECASE,
)
INCOMPATIBLE = re.compile(
    r"\bagpl|affero|\bgpl|(?<!lesser )general public|sspl|commons clause", re.IGNORECASE
)


def installed_by_the_locks() -> list[str]:
    names = set()
    for lock in sorted((HOUSE / "requirements").glob("*.lock")):
        names |= set(re.findall(r"^([A-Za-z0-9._-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    present = {
        distribution.metadata["Name"].lower().replace("_", "-") for distribution in metadata.distributions()
    }
    return sorted(name for name in names if name.lower().replace("_", "-") in present)


@pytest.mark.parametrize("name", installed_by_the_locks())
def test_a_dependency_has_a_licence_that_fits(name: str) -> None:
    facts = metadata.metadata(name)
    classifiers = [line for line in facts.get_all("Classifier") or [] if line.startswith("License ::")]
    said = [facts.get("License-Expression") or "", *classifiers, (facts.get("License") or "")[:200]]
    stated = " ; ".join(part for part in said if part)
    assert COMPATIBLE.search(stated), f"{name}: {stated or 'no licence stated'}"
    without_lesser = re.sub(
        r"L?GPL-?[\d.]*-or-later WITH|lesser general public|\bLGPL", "", stated, flags=re.I
    )
    assert not INCOMPATIBLE.search(without_lesser) or re.search(r"\bOR\b", stated), f"{name}: {stated}"
