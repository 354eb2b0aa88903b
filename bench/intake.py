#!/usr/bin/env python3
"""How well and how fast notices are read.

    python bench/intake.py [--corpus DIR ...] [--details] [--quick]

For each corpus (a folder of `<id>.json` with {"text": "<id>.txt", "title": …, "gifts": […]}): precision,
recall and F1 of the claims, and the share of the other fields that is right, by the rules at the end of the
annotation guide. Then the speed on one core, the time of the whole command for one file, and the memory for
10 MB of text.

A record matches a gold record when donor, kind, scope and yuan agree (donor without brackets, spaces and a
closing 等; yuan to the yuan), and for goods without yuan, item and quantity too; each at most once.
"""

import argparse
import json
import math
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from lianfang.engines.intake import read_notice  # noqa: E402

FIELDS = ("bound", "recipient", "via", "quantity", "unit")
BRACKETS = re.compile(r"[()（）\[\]［］【】〔〕《》〈〉「」『』{}｛｝\s　\xa0]")

NOTICES_A_SECOND = 300
SECONDS_TO_START = 0.5

Record = dict[str, Any]


def main() -> int:
    arguments = _arguments()
    for folder in arguments.corpus or _known_corpora():
        _measure_corpus(folder, details=arguments.details)
    if not arguments.quick:
        _measure_speed(arguments.corpus or _known_corpora())
        _measure_start()
        _measure_memory()
    return 0


def score(
    gold: list[Record], told: list[Record]
) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """The matched pairs, the gold records that were missed, and the records that are in no gold."""
    golds: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    claims: dict[tuple[object, ...], list[Record]] = defaultdict(list)
    for record in gold:
        golds[_key(record)].append(record)
    for record in told:
        claims[_key(record)].append(record)
    pairs: list[tuple[Record, Record]] = []
    for key, left in golds.items():
        right = claims.get(key, [])
        ranked = sorted(
            (
                (sum(_agrees(field, a, b) for field in FIELDS), -i, -j)
                for i, a in enumerate(left)
                for j, b in enumerate(right)
            ),
            reverse=True,
        )
        used_left: set[int] = set()
        used_right: set[int] = set()
        for _, i, j in ranked:
            if i not in used_left and j not in used_right:
                used_left.add(i)
                used_right.add(j)
                pairs.append((left[-i], right[-j]))
    matched_gold = {id(a) for a, _ in pairs}
    matched_told = {id(b) for _, b in pairs}
    missed = [record for record in gold if id(record) not in matched_gold]
    extra = [record for record in told if id(record) not in matched_told]
    return pairs, missed, extra


def f1(matched: int, told: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision = matched / told if told else (1.0 if not gold else 0.0)
    recall = matched / gold if gold else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def _measure_corpus(folder: Path, *, details: bool) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for text, title, gold in notices(folder):
        told = [claim.to_json() for claim in read_notice(text, title=title).claims]
        pairs, missed, extra = score(gold, told)
        if details:
            for label, records in (("missed", missed), ("extra", extra)):
                for record in records:
                    print(f"  {label:<7}", json.dumps(record, ensure_ascii=False)[:200])
        for scope in ("overall", "gift", "total", "tier"):
            counts[scope].update(
                matched=sum(scope in ("overall", a.get("scope")) for a, _ in pairs),
                told=sum(scope in ("overall", b.get("scope")) for b in told),
                gold=sum(scope in ("overall", a.get("scope")) for a in gold),
            )
        for a, b in pairs:
            for field in FIELDS:
                if _is_asked(field, a):
                    asked[field] += 1
                    right[field] += _agrees(field, a, b)
    print(f"\n{folder}")
    for scope, count in counts.items():
        precision, recall, mean = f1(count["matched"], count["told"], count["gold"])
        print(
            f"  {scope:<8} P {precision:.3f}  R {recall:.3f}  F1 {mean:.3f}"
            f"  ({count['matched']} of {count['told']} told, {count['gold']} gold)"
        )
    shares = (f"{field} {right[field] / asked[field]:.3f}" for field in FIELDS if asked[field])
    print("  " + "  ".join(shares))


def notices(folder: Path) -> list[tuple[str, str | None, list[Record]]]:
    """Text, title and gold of every notice of a corpus, in the order of their names."""
    found = []
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / data.get("text", path.stem + ".txt")).read_text(encoding="utf-8")
        found.append((text, data.get("title"), data["gifts"]))
    return found


def _known_corpora() -> list[Path]:
    candidates = [
        HERE / "notices" / "open",
        HERE / "notices" / "held_out",
        HERE.parent.parent / "shared" / "corpus",
    ]
    return [folder for folder in candidates if any(folder.glob("*.json"))]


def _measure_speed(folders: list[Path]) -> None:
    """Processor time of one pass over notices that the process has not read before.

    Before it, the process reads other notices, as a running house has: the patterns of the grammar are
    compiled by then. What they cost is told beside, by a pass of a process that has read nothing.
    """
    code = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, 'bench'); import intake\n"
        "new, others = ([t for f in words.split(';') if f for t, _, _ in intake.notices(Path(f))]"
        " for words in sys.argv[1:3])\n"
        "for text in others: intake.read_notice(text)\n"
        "began = time.process_time()\n"
        "for text in new: intake.read_notice(text)\n"
        "print(sum(map(len, new)) / (time.process_time() - began) / 600)"
    )
    new = ";".join(map(str, folders))
    others = ";".join(
        str(folder) for folder in sorted((HERE / "notices" / "rounds").iterdir()) if folder not in folders
    )
    running = max(float(_run(code, new, others)) for _ in range(5))
    started = max(float(_run(code, new, "")) for _ in range(3))
    print(
        f"\nspeed: {running:.0f} notices of 600 characters a second on one core, none read before"
        f" ({_beside(running / NOTICES_A_SECOND)} of {NOTICES_A_SECOND});"
        f" {started:.0f} with the start of the process"
    )


def _measure_start() -> None:
    """The whole process `lianfang intake FILE`, from its start to its end."""
    notice = next((HERE / "notices" / "open").glob("*.txt"))
    command = [sys.executable, "-m", "lianfang", "intake", str(notice)]
    without = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    best = (math.inf, math.inf)
    for _ in range(7):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, cwd=HERE.parent, env=without, stdout=subprocess.DEVNULL)
        wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        best = min(best, (wall, worked))
    print(
        f"start: lianfang intake FILE takes {best[0] * 1000:.0f} ms, {best[1] * 1000:.0f} ms of them the"
        f" processor's ({_beside(best[0] / SECONDS_TO_START)} of {SECONDS_TO_START:g} s)"
    )


def _beside(share: float) -> str:
    return f"{share * 100:.0f} %"


def _measure_memory() -> None:
    """Peak memory of a process that reads 10 MB of notices, less what it holds before reading."""
    code = (
        "import resource, sys, time; from pathlib import Path; sys.path.insert(0, 'bench'); import intake\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "sample = ''.join(t + '\\n\\n' for t, _, _ in intake.notices(Path(sys.argv[1])))\n"
        "text = sample * (10_000_000 // len(sample.encode()) + 1)\n"
        "before, began = peak(), time.process_time()\n"
        "claims = len(intake.read_notice(text).claims)\n"
        "print(f'{time.process_time() - began:.0f} s, {peak() - before:.0f} MiB more, {claims} claims')"
    )
    print("10 MB of text as one notice:", _run(code, str(_known_corpora()[0])).strip())


def _run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent)
    return done.stdout


def _key(record: Record) -> tuple[object, ...]:
    yuan = _number(record.get("yuan"))
    key: tuple[object, ...] = (
        _name(record.get("donor")),
        record.get("kind"),
        record.get("scope"),
        None if yuan is None else round(yuan),
    )
    if record.get("kind") == "goods" and yuan is None:
        key += (_name(record.get("item")), _number(record.get("quantity")))
    return key


def _name(value: object) -> str | None:
    if value is None:
        return None
    return re.sub(r"等+$", "", BRACKETS.sub("", str(value))) or None


def _number(value: object) -> float | None:
    if value is None or isinstance(value, bool):
        return None
    try:
        return float(str(value))
    except ValueError:
        return None


def _agrees(field: str, gold: Record, told: Record) -> bool:
    if field == "quantity":
        return _number(gold.get(field)) == _number(told.get(field))
    if field == "bound":
        return (gold.get(field) or None) == (told.get(field) or None)
    return _name(gold.get(field)) == _name(told.get(field))


def _is_asked(field: str, gold: Record) -> bool:
    if field == "bound":
        return gold.get("yuan") is not None
    return field not in ("quantity", "unit") or gold.get("kind") == "goods"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--corpus", type=Path, action="append", metavar="DIR", help="a folder of annotated notices"
    )
    parser.add_argument("--details", action="store_true", help="print what was missed and what was too much")
    parser.add_argument("--quick", action="store_true", help="only the corpora, no speed or memory")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
