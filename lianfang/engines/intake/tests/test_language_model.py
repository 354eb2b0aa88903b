"""The extractor behind an address, against a real server on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lianfang.engines.intake import Extractor, RuleExtractor, UnreadReason
from lianfang.engines.intake.language_model import LanguageModelError, LanguageModelExtractor

NOTICE = "云帆纺织向县红十字会捐款50万元。"


@contextmanager
def a_model(content: str, status: int = 200) -> Iterator[tuple[str, list[dict[str, object]]]]:
    """A server that answers every question with `content`; yields its address and what it was asked."""
    asked: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append({"path": self.path, "key": self.headers.get("Authorization"), **body})
            answer = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def a_record(**changes: object) -> dict[str, object]:
    """A record as a model should tell it."""
    return {
        "donor": "云帆纺织",
        "donor_kind": "enterprise",
        "kind": "cash",
        "yuan": 500000,
        "bound": "exact",
        "scope": "gift",
        "recipient": "县红十字会",
        "quote": "云帆纺织向县红十字会捐款50万元",
        **changes,
    }


def test_both_extractors_fit_the_port() -> None:
    extractors: list[Extractor] = [RuleExtractor(), LanguageModelExtractor("http://127.0.0.1:1/v1", "any")]
    assert extractors[0].read(NOTICE).claims[0].donor == "云帆纺织"


def test_a_sound_answer_becomes_claims_with_places() -> None:
    with a_model(json.dumps({"gifts": [a_record()]})) as (address, asked):
        reading = LanguageModelExtractor(address, "a-model", key="geheim").read(NOTICE, title="消息")
    (claim,) = reading.claims
    assert (claim.donor, claim.yuan, NOTICE[claim.start : claim.end]) == ("云帆纺织", 500_000, claim.quote)
    assert asked[0]["path"] == "/v1/chat/completions"
    assert asked[0]["key"] == "Bearer geheim"
    assert asked[0]["model"] == "a-model"


def test_a_quote_that_is_not_in_the_notice_is_unread() -> None:
    with a_model(json.dumps({"gifts": [a_record(quote="云帆纺织捐款500万元")]})) as (address, _):
        reading = LanguageModelExtractor(address, "m").read(NOTICE)
    assert reading.claims == ()
    assert [stretch.reason for stretch in reading.unread] == [UnreadReason.QUOTE_NOT_FOUND]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "gold"},
        {"yuan": -5},
        {"yuan": "1e99"},
        {"yuan": True},
        {"donor": ["a"]},
        {"donor": "x" * 900},
    ],
)
def test_a_record_with_a_bad_field_is_unread(changes: dict[str, object]) -> None:
    with a_model(json.dumps({"gifts": [a_record(**changes)]})) as (address, _):
        reading = LanguageModelExtractor(address, "m").read(NOTICE)
    assert [stretch.reason for stretch in reading.unread] == [UnreadReason.BAD_RECORD]


@pytest.mark.parametrize("content", ["no json", "[]", '{"gifts": 5}'])
def test_an_answer_that_is_no_list_of_records_is_an_error_with_a_code(content: str) -> None:
    with a_model(content) as (address, _), pytest.raises(LanguageModelError) as error:
        LanguageModelExtractor(address, "m").read(NOTICE)
    assert error.value.code == "intake.model_answer"


def test_a_server_that_fails_is_an_error_with_a_code() -> None:
    with a_model("{}", status=500) as (address, _), pytest.raises(LanguageModelError) as error:
        LanguageModelExtractor(address, "m").read(NOTICE)
    assert error.value.code == "intake.model_unreachable"


def test_an_address_that_is_no_web_address_is_refused() -> None:
    with pytest.raises(LanguageModelError) as error:
        LanguageModelExtractor("file:///etc/passwd", "m")
    assert error.value.code == "intake.model_address"
