"""The page that describes the protocol tells the truth: its examples are sent as they stand there."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from lianfang.field.tests.builders import a_phone
from lianfang.field.tests.phones import canonical, statuses
from lianfang.gates.models import Passage

_PAGES = Path(__file__).resolve().parents[3] / "docs" / "reference"


def _examples(page: str) -> dict[str, str]:
    text = (_PAGES / page).read_text(encoding="utf-8")
    return dict(re.findall(r"<!-- example:(\w+) -->\n```json\n(.*?)\n```", text, re.S))


@pytest.mark.parametrize("page", ["field-protocol.md", "field-protocol.en.md"])
def test_the_examples_are_canonical_and_chained(page: str) -> None:
    examples = _examples(page)
    for text in examples.values():
        assert canonical(json.loads(text)) == text
    digest = hashlib.sha256(examples["first"].encode()).hexdigest()
    assert json.loads(examples["second"])["prev"] == digest
    assert digest in (_PAGES / page).read_text(encoding="utf-8").split("<!-- example:second")[0]


@pytest.mark.django_db
def test_the_examples_are_taken(client: Client) -> None:
    examples = _examples("field-protocol.md")
    answer = a_phone().send(client, [examples["first"], examples["second"]])
    assert statuses(answer) == ["stored", "stored"]
    assert Passage.objects.count() == 2
    assert not Passage.objects.current().exists()
