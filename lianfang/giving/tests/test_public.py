"""What everybody may read: pages, open data, papers and the API; and what nobody must find there."""

import csv
import hashlib
import json
import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO, StringIO
from time import time

import pytest
from django.core.cache import cache
from django.test import Client
from docx import Document
from pypdf import PdfReader

from lianfang.desk import limits
from lianfang.engines.figures import Amount
from lianfang.giving.actions.disclosures import propose_correction, publish_correction
from lianfang.giving.gifts import gift_of
from lianfang.giving.models import CorrectionEffect, Disclosure, DisclosureLine, Donation, DonorNaming
from lianfang.giving.tests.builders import A_DAY, a_donation, a_donor, goods
from lianfang.giving.tests.builders_disclosures import a_correction, a_desk, a_draft, a_publication
from lianfang.people.models import BodyKind
from lianfang.people.tests.builders import a_body

pytestmark = pytest.mark.django_db

SECRET = "慕容隐名"


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """Papers go into a folder of the test; nobody has tried a code yet."""
    cache.clear()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def base(disclosure: Disclosure) -> str:
    return f"/public/{disclosure.pk}/"


def body_of(response) -> bytes:  # type: ignore[no-untyped-def]
    return b"".join(response.streaming_content) if response.streaming else response.content


def everything_public(client: Client, disclosure: Disclosure) -> str:
    """All that the public can read of a publication, in one text."""
    here = base(disclosure)
    pages = [
        here,
        f"{here}data.json",
        f"{here}data.csv",
        f"{here}corrections.json",
        "/public/",
        "/public/api/publications",
        f"/public/api/publications/{disclosure.pk}",
        f"/public/api/publications/{disclosure.pk}/lines",
    ]
    texts = [body_of(client.get(page)).decode() for page in pages]
    printed = PdfReader(BytesIO(client.get(f"{here}paper.pdf").content))
    texts += [page.extract_text() for page in printed.pages]
    document = Document(BytesIO(client.get(f"{here}paper.docx").content))
    texts += [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def test_a_publication_is_read_without_sign_in_and_without_a_cookie(client: Client) -> None:
    a_donation(1000, donor="青禾食品厂")
    done = a_publication(a_desk())
    page = client.get(base(done))
    assert page.status_code == 200
    assert "青禾食品厂" in page.content.decode()
    assert "一共收到 <b>1</b> 笔捐赠" in page.content.decode()
    assert not page.cookies
    assert "public" in page["Cache-Control"]


def test_a_draft_is_not_public(client: Client) -> None:
    a_donation(1000, donor="青禾食品厂")
    draft = a_draft(a_desk())
    for path in ("", "data.json", "data.csv", "paper.pdf", "corrections.json"):
        assert client.get(base(draft) + path).status_code == 404
    assert client.get(f"/public/api/publications/{draft.pk}").status_code == 404
    assert draft.title not in client.get("/public/").content.decode()


def test_a_withheld_name_is_nowhere_in_public(client: Client) -> None:
    chamber = a_body(f"{SECRET}商会", BodyKind.CHAMBER)
    gift = a_donation(
        1000,
        donor=a_donor(SECRET, "person", naming=DonorNaming.WITHHELD),
        via=chamber,
        purpose=f"{SECRET}捐给医护",
        remark=f"{SECRET}电话",
    )
    goods("口罩", 500, donor=a_donor(SECRET, "person", naming=DonorNaming.WITHHELD))
    done = a_publication(a_desk())
    text = everything_public(client, done)
    assert SECRET not in text
    assert gift.code not in text
    assert "爱心人士" in text
    assert SECRET not in client.get(base(done), {"q": "1000"}).content.decode()


def test_searching_for_a_withheld_name_finds_nothing(client: Client) -> None:
    a_donation(1000, donor=a_donor(SECRET, "person", naming=DonorNaming.WITHHELD))
    done = a_publication(a_desk())
    assert "找到 0 笔" in client.get(base(done), {"q": SECRET}).content.decode()


def test_a_name_that_is_taken_back_is_in_no_public_text_any_more(client: Client) -> None:
    desk = a_desk()
    gift = a_donation(1000, donor=a_donor(SECRET, "person"))
    done = a_publication(desk)
    old = gift_of(gift)
    a_correction(
        desk,
        DisclosureLine.objects.get(disclosure=done),
        replace(old, donor=replace(old.donor, naming=DonorNaming.WITHHELD)),
        old,
    )
    assert SECRET not in everything_public(client, done)
    assert "找到 0 笔" in client.get(base(done), {"q": SECRET}).content.decode()
    assert SECRET not in client.post("/public/find/", {"code": gift.code}).content.decode()


def test_a_name_that_is_taken_back_stays_so_in_words_and_after_a_withdrawal(client: Client) -> None:
    desk = a_desk()
    a_donation(1000, donor=a_donor(f"{SECRET}之一", "person"))
    done = a_publication(desk)
    line = DisclosureLine.objects.get(disclosure=done)

    def correct(**changes: object) -> None:
        proposal = propose_correction(
            desk.clerk,
            disclosure=done,
            line=line,
            effect=CorrectionEffect.AMEND if changes else CorrectionEffect.WITHDRAW,
            changes=changes,
            was=f"{line.donor} 1000元",
            now=f"{SECRET} 1000元",
            why=f"{SECRET}来电",
        )
        publish_correction(desk.leader, proposal=proposal)

    correct(donor_name=SECRET)
    assert SECRET in everything_public(client, done)
    correct(naming=DonorNaming.WITHHELD)
    assert SECRET not in everything_public(client, done)
    correct()
    assert SECRET not in everything_public(client, done)
    code = Donation.objects.newest().get().code
    assert SECRET not in client.post("/public/find/", {"code": code}).content.decode()
    assert SECRET not in client.get(f"/public/api/gifts/{code}").content.decode()


def test_the_digest_on_the_page_is_that_of_the_file(client: Client) -> None:
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    goods("医用口罩", 500, quantity=3000, unit="只")
    done = a_publication(a_desk())
    content = body_of(client.get(f"{base(done)}data.json"))
    assert hashlib.sha256(content).hexdigest() == done.digest
    assert done.digest in client.get(base(done)).content.decode()
    assert len(json.loads(content)["lines"]) == 2


def test_the_file_stays_the_same_after_a_correction(client: Client) -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    old = gift_of(gift)
    a_correction(
        desk, DisclosureLine.objects.get(disclosure=done), replace(old, amount=Amount(Decimal(3000))), old
    )
    content = body_of(client.get(f"{base(done)}data.json"))
    assert hashlib.sha256(content).hexdigest() == done.digest
    page = client.get(base(done)).content.decode()
    assert "更正后的内容" in page
    assert "3000元" in page
    assert "更正 1" in page


def test_the_table_holds_the_corrected_values_and_says_so(client: Client) -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    old = gift_of(gift)
    a_correction(
        desk, DisclosureLine.objects.get(disclosure=done), replace(old, amount=Amount(Decimal(3000))), old
    )
    text = body_of(client.get(f"{base(done)}data.csv")).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    assert (row["金额(元)"], row["更正"]) == ("3000.00", "更正1")


def test_the_sum_of_the_counted_lines_of_the_table_is_the_lower_end(client: Client) -> None:
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    a_donation(500, donor="远山木业")
    done = a_publication(a_desk())
    rows = list(csv.DictReader(StringIO(body_of(client.get(f"{base(done)}data.csv")).decode("utf-8-sig"))))
    counted = sum(Decimal(row["金额(元)"]) for row in rows if row["计入合计"] == "计入合计")
    assert counted == 1500
    assert "1500元至2500元" in client.get(base(done)).content.decode()


def test_names_with_markup_or_formulas_are_only_text(client: Client) -> None:
    a_donation(1000, donor="<script>alert(1)</script>")
    a_donation(500, donor="=HYPERLINK(1)")
    done = a_publication(a_desk())
    page = client.get(base(done)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    rows = list(csv.DictReader(StringIO(body_of(client.get(f"{base(done)}data.csv")).decode("utf-8-sig"))))
    assert "'=HYPERLINK(1)" in {row["捐赠人"] for row in rows}


def test_a_donor_finds_the_own_gift_by_its_code(client: Client) -> None:
    gift = a_donation(1000, donor=a_donor(SECRET, "person", naming=DonorNaming.WITHHELD))
    a_publication(a_desk())
    page = client.post("/public/find/", {"code": f"{gift.code[:4]} {gift.code[4:].lower()}"})
    assert page.status_code == 200
    assert "1000元" in page.content.decode()
    assert page["Cache-Control"] == "no-store"


def test_codes_cannot_be_tried_one_after_the_other(client: Client) -> None:
    answers = [
        client.post("/public/find/", {"code": f"AAAAAAA{sign}"}).status_code for sign in "23456789ABCD"
    ]
    assert answers[0] == 200
    assert answers[-1] == 429
    assert client.get("/public/api/gifts/AAAAAAAA").status_code == 429


def test_whoever_waits_a_minute_may_try_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time()
    monkeypatch.setattr(limits, "time", lambda: now)
    for _ in range(limits.TRIES + 1):
        last = client.post("/public/find/", {"code": "AAAAAAAA"})
    assert last.status_code == 429
    monkeypatch.setattr(limits, "time", lambda: now + limits.SECONDS)
    assert client.post("/public/find/", {"code": "AAAAAAAA"}).status_code == 200


@pytest.mark.parametrize("wanted", ["0", "-1", "x", "999999", "1e9", "٣", "9" * 400])
def test_a_page_that_is_none_leads_to_one_that_is(client: Client, wanted: str) -> None:
    a_donation(1000, donor="青禾食品厂")
    done = a_publication(a_desk())
    assert "青禾食品厂" in client.get(base(done), {"page": wanted}).content.decode()


def test_reading_takes_the_same_queries_for_few_gifts_and_for_many(
    client: Client,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    few = a_publication(desk)
    for number in range(60):
        a_donation(100 + number, donor=f"企业{number}")
    many = a_publication(desk)
    for done, word in ((few, "青禾"), (many, "企业")):
        with django_assert_num_queries(3):
            client.get(base(done))
        with django_assert_num_queries(4):
            client.get(base(done), {"q": word})
    with django_assert_num_queries(3):
        client.get(base(many), {"page": 2})


def test_an_unchanged_page_is_not_sent_again_and_a_corrected_one_is(client: Client) -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    tag = client.get(base(done))["ETag"]
    assert client.get(base(done), headers={"If-None-Match": tag}).status_code == 304
    a_correction(desk, DisclosureLine.objects.get(disclosure=done), None)
    assert client.get(base(done), headers={"If-None-Match": tag}).status_code == 200


def test_a_correction_of_an_earlier_publication_moves_the_sum_of_the_later_one(client: Client) -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    first = a_publication(desk)
    a_donation(500, donor="远山木业")
    second = a_publication(desk)
    old = gift_of(gift)
    a_correction(
        desk, DisclosureLine.objects.get(disclosure=first), replace(old, amount=Amount(Decimal(3000))), old
    )
    page = client.get(base(second)).content.decode()
    assert "3500元" in page
    assert "第 1 期更正 1" in page
    assert "3000元" in client.get(base(first)).content.decode()


def test_the_page_speaks_english_when_asked(client: Client) -> None:
    done = a_publication(a_desk())
    page = client.get(base(done), {"lang": "en"})
    assert '<html lang="en"' in page.content.decode()
    assert page.status_code == 200


def test_papers_hold_the_list_the_figures_and_rare_names(client: Client) -> None:
    a_donation(1000, donor=a_donor("王喆堃骉", "person"))
    done = a_publication(a_desk())
    answer = client.get(f"{base(done)}paper.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "王喆堃骉" in text
    closed_up = re.sub(r"[\s\u200b]|第\s*\d+\s*页\s*共\s*\d+\s*页", "", text)
    assert done.digest in closed_up
    assert client.get(f"{base(done)}paper.docx").status_code == 200
    assert client.get(f"{base(done)}paper.exe").status_code == 404


def test_an_empty_publication_says_so(client: Client) -> None:
    done = a_publication(a_desk())
    assert "这一期没有收到捐赠" in client.get(base(done)).content.decode()


def test_the_api_gives_publications_lines_and_one_gift(client: Client) -> None:
    gift = a_donation(1000, donor="青禾食品厂")
    a_donation(500, donor="远山木业")
    done = a_publication(a_desk())
    listed = client.get("/public/api/publications").json()
    assert (listed["count"], listed["publications"][0]["digest"]) == (1, done.digest)
    lines = client.get(f"/public/api/publications/{done.pk}/lines", {"limit": 1, "offset": 1}).json()
    assert (lines["count"], len(lines["lines"]), lines["lines"][0]["position"]) == (2, 1, 2)
    (own,) = client.get(f"/public/api/gifts/{gift.code}").json()
    assert own["line"]["value"] == "1000.00"
    assert client.get("/public/api/gifts/ZZZZZZZZ").status_code == 404


@pytest.mark.parametrize("query", ["limit=x", "offset=-5", "limit=100000", "q=%00", "q=" + "x" * 500])
def test_the_api_takes_odd_questions_calmly(client: Client, query: str) -> None:
    a_donation(1000, donor="青禾食品厂")
    done = a_publication(a_desk())
    answer = client.get(f"/public/api/publications/{done.pk}/lines?{query}")
    assert answer.status_code in {200, 422}
    assert client.get(f"{base(done)}?{query}").status_code == 200


def test_the_api_is_described_from_here_without_foreign_addresses(client: Client) -> None:
    page = client.get("/public/api/")
    assert page.status_code == 200
    assert "https://" not in page.content.decode()
    assert "Content-Security-Policy" in page
    document = client.get("/public/api/openapi.json").json()
    assert "/public/api/gifts/{code}" in document["paths"]


def test_the_open_data_are_described_field_by_field(client: Client) -> None:
    a_donation(1000)
    done = a_publication(a_desk())
    page = client.get("/public/data/").content.decode()
    for name in json.loads(body_of(client.get(f"{base(done)}data.json")))["lines"][0]:
        assert f"<code>{name}</code>" in page
