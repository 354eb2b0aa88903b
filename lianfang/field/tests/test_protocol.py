"""The page that describes the protocol tells the truth: its examples are sent as they stand there."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from django.test import Client

from lianfang.book.arriving import RECORD_TYPES
from lianfang.field.openapi import openapi_document
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


@pytest.mark.django_db
def test_the_description_names_every_type_of_record_and_everybody_may_read_it(client: Client) -> None:
    document = client.get("/api/field/openapi.json").json()
    schemas = document["components"]["schemas"]
    assert set(schemas["Envelope"]["properties"]["type"]["enum"]) == set(RECORD_TYPES)
    assert {"PassageContent", "Answer", "Failure"} <= set(schemas)
    page = client.get("/api/field/")
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]


def test_every_reference_of_the_description_leads_somewhere() -> None:
    document = openapi_document()
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert names <= set(document["components"]["schemas"])
    answers = set(document["paths"]["/api/field/records"]["post"]["responses"])
    assert answers == {"200", "400", "401", "403", "413", "415"}
