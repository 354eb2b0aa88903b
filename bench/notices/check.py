#!/usr/bin/env python3
"""check.py [FOLDER ...] [--score SCORE_PY]

Checks hand-made gold: legal fields and values, quotes copied to the letter, names taken
from the text, and figures that stand in the quote. Without folders it checks `open` and
`held_out` beside this file. With --score it also scores each folder against itself.
Prints one line a fault and ends with status 1 if there is any.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DONOR_KINDS = {"person", "enterprise", "chamber", "government", "organisation", "group"}
KINDS = {"cash", "goods", "mixed"}
SCOPES = {"gift", "total", "tier"}
BOUNDS = {"exact", "over", "nearly", "about"}
REQUIRED = {"donor", "donor_kind", "kind", "yuan", "bound", "recipient", "via", "scope", "quote"}
GOODS_ONLY = {"item", "quantity", "unit", "quantity_bound"}
OPTIONAL = GOODS_ONLY | {"currency", "amount", "count", "pledged"}
LENGTH = range(330, 1401)

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {
    c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")
}
DIGITS |= {"〇": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "叄": 3, "陸": 6, "俩": 2, "仨": 3, "廿": 20, "半": 0}
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
LARGE = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 100_000_000, "億": 100_000_000}
# Words of vagueness may stand inside a number: "两千余万", "3百多万", "1,250余万".
VAGUE = "余餘多来几"
FIGURE = re.compile(rf"[0-9][0-9,.]*|[{''.join(DIGITS | SCALES | LARGE)}{VAGUE}]")


def number_words(text: str) -> Iterator[str]:
    """Every maximal run of digits, Chinese numerals and scale words in the text."""
    run = ""
    for token in re.findall(r"[0-9][0-9,.]*|.", unicodedata.normalize("NFKC", text), re.DOTALL):
        if FIGURE.fullmatch(token):
            run += token
        elif run:
            yield run
            run = ""
    if run:
        yield run


def value(run: str) -> float | None:
    """The number that a run of digits and numerals says, or None if it says none."""
    total = section = current = 0.0
    seen = False
    last_scale = 1.0
    for token in re.findall(r"[0-9][0-9,.]*|.", run):
        if token[0].isascii() and token[0].isdigit():
            digits = token.replace(",", "").rstrip(".")
            if digits.count(".") > 1:
                return None
            current, seen = float(digits), True
        elif token in DIGITS:
            current, seen = float(DIGITS[token]), True
        elif token in SCALES:
            section += (current if current else 1.0) * SCALES[token]
            last_scale, current, seen = SCALES[token], 0.0, True
        elif token in LARGE:
            total += ((section + current) or 1.0) * LARGE[token]
            last_scale, section, current, seen = LARGE[token], 0.0, 0.0, True
    if not seen:
        return None
    # "4万5" and "三万五" say thousands after the ten-thousands; "两百五" says tens.
    short = (
        current * last_scale / 10
        if 0 < current < 10 and last_scale > 10 and run[-1] not in LARGE
        else current
    )
    return total + section + short


def readings(text: str) -> set[float]:
    """All values that the numbers of a text may have, a colloquial short form read both ways."""
    found: set[float] = set()
    for run in number_words(text):
        whole = value(run)
        if whole is not None:
            found.add(round(whole, 4))
        for part in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", run):
            found.add(round(float(part.replace(",", "")), 4))
        plain = [value(t) for t in re.split(rf"[{VAGUE}]", run)]
        found |= {round(v, 4) for v in plain if v is not None}
        if run[-1] in "零〇一二三四五六七八九" and len(run) > 1:
            found |= {round(v + DIGITS[run[-1]], 4) for v in [value(run[:-1])] if v is not None}
    numerals = "".join(DIGITS) + "".join(SCALES) + "".join(LARGE) + "0-9,."
    ones = "".join(DIGITS) + "0-9"
    for yuan, jiao, fen in re.findall(rf"([{numerals}]+)元零?([{ones}])角零?(?:([{ones}])分)?", text):
        parts = [value(yuan), value(jiao), value(fen) if fen else 0.0]
        if None not in parts:
            found.add(round(sum(v / 10**i for i, v in enumerate(v or 0.0 for v in parts)), 2))
    return found


def stands_in(figure: float, found: set[float]) -> bool:
    """True if the figure is read in the text as it is, or in ten-thousands under a table head."""
    return any(abs(figure - v * scale) < 0.006 for v in found for scale in (1, 10_000))


def faults_of(gift: dict[str, Any], text: str) -> Iterator[str]:
    missing, extra = REQUIRED - gift.keys(), gift.keys() - REQUIRED - OPTIONAL
    if missing or extra:
        yield f"fields missing {sorted(missing)}, unknown {sorted(extra)}"
        return
    quote, kind, yuan = gift["quote"], gift["kind"], gift["yuan"]
    if gift["donor_kind"] not in DONOR_KINDS or kind not in KINDS or gift["scope"] not in SCOPES:
        yield "donor_kind, kind or scope is not legal"
    if not quote or quote not in text:
        yield f"quote is not in the text: {quote}"
    for field in ("donor", "recipient", "via"):
        name = gift[field]
        if name is not None and (not name or name != name.strip() or name not in text):
            yield f"{field} is not in the text: {name}"
    if (yuan is None) != (gift["bound"] is None) or gift["bound"] not in BOUNDS | {None}:
        yield f"bound {gift['bound']} does not go with yuan {yuan}"
    if yuan is not None and (isinstance(yuan, bool) or not isinstance(yuan, int | float) or yuan <= 0):
        yield f"yuan {yuan} is no positive number"
    if yuan is not None and not stands_in(float(yuan), readings(quote)):
        yield f"yuan {yuan} is not said in the quote: {quote}"
    if (kind == "goods") != ("item" in gift) or (kind != "goods" and gift.keys() & GOODS_ONLY):
        yield "item, quantity and unit are for goods, and goods have them"
    if kind == "goods":
        if gift.get("quantity") is not None and not stands_in(float(gift["quantity"]), readings(quote)):
            yield f"quantity {gift['quantity']} is not said in the quote: {quote}"
        for field in ("item", "unit"):
            words = gift.get(field)
            for word in words.split("、") if words else ():
                if word not in text:
                    yield f"{field} is not in the text: {word}"
        if gift.get("quantity_bound", "over") not in BOUNDS - {"exact"}:
            yield "quantity_bound is not legal"
        if gift["item"] is None and yuan is None:
            yield "goods with neither item nor value"
    if kind != "goods" and yuan is None and "currency" not in gift:
        yield "money without a figure"
    if ("currency" in gift) != ("amount" in gift):
        yield "currency and amount go together"
    if "amount" in gift and not stands_in(float(gift["amount"]), readings(quote)):
        yield f"amount {gift['amount']} is not said in the quote: {quote}"
    if "count" in gift and not stands_in(float(gift["count"]), readings(quote)):
        yield f"count {gift['count']} is not said in the quote: {quote}"
    if gift["scope"] == "tier" and ("count" not in gift or gift["donor_kind"] != "group"):
        yield "a tier has a count and a group as donor"
    if gift["donor_kind"] == "group" and gift["scope"] == "gift":
        yield "what a group gives is a total or a tier"
    if gift.get("pledged", True) is not True:
        yield "pledged is true or left out"


def faults_in(path: Path) -> Iterator[str]:
    notice = json.loads(path.read_text(encoding="utf-8"))
    if set(notice) != {"id", "title", "published", "text", "gifts"}:
        yield f"fields of the notice: {sorted(notice)}"
        return
    source = path.with_suffix(".txt")
    if notice["id"] != path.stem or notice["text"] != source.name or not source.exists():
        yield "id, text and file name do not agree"
        return
    text = source.read_text(encoding="utf-8")
    if len(text) not in LENGTH:
        yield f"{len(text)} characters"
    if notice["title"] not in text:
        yield "title is not in the text"
    if not re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", notice["published"]):
        yield f"published {notice['published']}"
    seen: set[str] = set()
    for place, gift in enumerate(notice["gifts"], 1):
        for fault in faults_of(gift, text):
            yield f"gift {place}: {fault}"
        same = json.dumps(gift, sort_keys=True)
        if same in seen:
            yield f"gift {place}: written twice"
        seen.add(same)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip().splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--score", type=Path, help="the scorer to run on each folder against itself")
    options = parser.parse_args(argv)
    here = Path(__file__).resolve().parent
    faults = notices = gifts = 0
    for folder in options.folders or [here / "open", here / "held_out"]:
        for path in sorted(folder.glob("*.json")):
            notices += 1
            gifts += len(json.loads(path.read_text(encoding="utf-8"))["gifts"])
            for fault in faults_in(path):
                faults += 1
                print(f"{path.stem}: {fault}")
        if options.score:
            call = [sys.executable, str(options.score), str(folder), str(folder)]
            said = subprocess.run(call, capture_output=True, text=True, check=False)
            overall = [line for line in said.stdout.splitlines() if line.startswith("overall")]
            print(f"{folder.name}: {overall[0] if overall else said.stderr.strip()}")
            faults += not overall or "F1 1.000" not in overall[0]
    print(f"{notices} notices, {gifts} gifts, {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
