"""Letters and certificates: who may issue them, what they say, and what a stranger who checks one learns."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from pypdf import PdfReader

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.engines.figures import Bound
from lianfang.giving.actions import acknowledgements as acts
from lianfang.giving.actions.donations import withdraw_donation
from lianfang.giving.models import Acknowledgement, Donation, DonorNaming
from lianfang.giving.queries import acknowledgements as queries
from lianfang.giving.tests.builders import a_donation, a_donor, goods
from lianfang.people.models import Body, BodyKind
from lianfang.people.tests.builders import a_body, a_response, an_actor, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    cache.clear()


def federation() -> Body:
    return Body.objects.filter(name="云溪县工商业联合会").first() or a_body(
        "云溪县工商业联合会", BodyKind.FEDERATION
    )


def thanks(gift: Donation, kind: str = "certificate", **values: object) -> Acknowledgement:
    given = {
        "addressee": gift.donor_name,
        "text": queries.default_text(gift, kind, a_response()),
        "issuer": federation(),
        **values,
    }
    return acts.issue_acknowledgement(an_actor(), donation=gift, kind=kind, **given)  # type: ignore[arg-type]


def test_numbers_follow_one_another_for_each_kind() -> None:
    gift = a_donation(1000)
    numbers = [thanks(gift).number[-5:], thanks(gift).number[-5:], thanks(gift, "letter").number[-5:]]
    assert numbers == ["0001号", "0002号", "0001号"]


def test_a_number_is_used_once() -> None:
    gift = a_donation(1000)
    thanks(gift, number="特001")
    with pytest.raises(ValidationError):
        thanks(gift, number="特001")


def test_an_exact_sum_stands_in_capitals_and_any_other_as_it_was_said() -> None:
    assert queries.amount_in_words(a_donation(100500)) == "人民币壹拾万零伍佰元整(¥100,500.00)"
    assert queries.amount_in_words(a_donation(144_0000, bound=Bound.OVER)) == "144万余元"
    assert "口罩5000只" in queries.amount_in_words(goods("口罩", None, quantity=5000, unit="只"))
    assert "USD 20,000.00" in queries.amount_in_words(a_donation(None, foreign=("USD", Decimal(20000))))


def test_what_has_not_arrived_is_not_thanked_for() -> None:
    with pytest.raises(Refused) as refused:
        thanks(a_donation(1000, pledged=True))
    assert refused.value.code == "not_received"


def test_a_withdrawn_gift_is_not_thanked_for() -> None:
    gift = a_donation(1000)
    withdraw_donation(an_actor(), donation=gift, reason="重复")
    with pytest.raises(Refused) as refused:
        thanks(gift)
    assert refused.value.code == "gift_withdrawn"


@pytest.mark.parametrize("role", [None, Role.READER, Role.AUDITOR, Role.FEDERATION_LEADER])
def test_who_may_not_book_gifts_issues_and_takes_back_nothing(role: str | None) -> None:
    gift = a_donation(1000)
    paper = thanks(gift)
    with pytest.raises(NotAllowed):
        acts.issue_acknowledgement(
            an_actor(role), donation=gift, issuer=federation(), kind="letter", addressee="某", text="谢"
        )
    with pytest.raises(NotAllowed):
        acts.withdraw_acknowledgement(an_actor(role), acknowledgement=paper, reason="写错")


def test_a_chamber_does_not_thank_in_the_name_of_another() -> None:
    chamber = a_body("店口商会", BodyKind.CHAMBER)
    gift = a_donation(1000, via=chamber)
    with pytest.raises(NotAllowed):
        acts.issue_acknowledgement(
            an_actor(Role.CHAMBER_SECRETARY, body=chamber),
            donation=gift,
            issuer=federation(),
            kind="letter",
            addressee="某",
            text="谢",
        )


@pytest.mark.parametrize("kind", ["letter", "certificate"])
def test_papers_print_rare_names_the_sum_and_the_code(kind: str) -> None:
    paper = thanks(a_donation(100500, donor=a_donor("王喆堃骉", "person")), kind)
    pages = PdfReader(BytesIO(queries.paper_of(paper))).pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) == 1
    assert "王喆堃骉" in text
    assert "壹拾万零伍佰元整" in text.replace("\n", "")
    assert paper.check_code[:4] in text
    wide = pages[0].mediabox.width > pages[0].mediabox.height
    assert wide == (kind == "certificate")


def test_what_people_wrote_is_never_read_as_markup() -> None:
    paper = thanks(a_donation(1000), text='#panic("x") *星* $x$ <b>\n第二段', addressee='#read("x")')
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(queries.paper_of(paper))).pages)
    assert '#panic("x")' in text.replace("\u200b", "")


def test_checking_a_paper_tells_that_it_is_real_and_masks_the_name(client: Client) -> None:
    paper = thanks(a_donation(1000, donor=a_donor("欧阳建国", "person")))
    page = client.get(f"/public/check/{paper.check_code}/").content.decode()
    assert "是真的" in page
    assert "欧**国" in page
    assert "欧阳建国" not in page
    assert "壹仟元整" in page


def test_checking_a_paper_of_one_who_is_not_named_in_public_gives_no_name(client: Client) -> None:
    paper = thanks(a_donation(1000, donor=a_donor("欧阳建国", "person", naming=DonorNaming.WITHHELD)))
    page = client.get(f"/public/check/{paper.check_code}/").content.decode()
    assert "是真的" in page
    assert "欧" not in page


def test_a_paper_that_was_taken_back_says_so(client: Client) -> None:
    paper = thanks(a_donation(1000))
    acts.withdraw_acknowledgement(an_actor(), acknowledgement=paper, reason="名称写错")
    page = client.get(f"/public/check/{paper.check_code}/").content.decode()
    assert "已经收回" in page
    assert "是真的" not in page
    assert "名称写错" not in page


def test_a_paper_for_a_gift_that_was_withdrawn_is_not_real_any_more(client: Client) -> None:
    gift = a_donation(1000)
    paper = thanks(gift)
    withdraw_donation(an_actor(), donation=gift, reason="没有这笔")
    assert "是真的" not in client.get(f"/public/check/{paper.check_code}/").content.decode()


def test_a_code_that_nobody_has_is_not_found(client: Client) -> None:
    page = client.get("/public/check/AAAAAAAA/")
    assert page.status_code == 404
    assert "没有这份文件" in page.content.decode()


@pytest.mark.parametrize("typed", ["长长长长", "٣٤٥", "-", "a\x00b", "/", "é" * 50])
def test_whatever_is_typed_as_a_code_gets_an_answer(client: Client, typed: str) -> None:
    answer = client.get("/public/check/", {"code": typed}, follow=True)
    assert answer.status_code == 404
    assert "没有这份文件" in answer.content.decode()


def test_checks_cannot_be_tried_one_after_the_other(client: Client) -> None:
    answers = [client.get(f"/public/check/AAAAAAA{sign}/").status_code for sign in "23456789ABCD"]
    assert answers[-1] == 429


def test_a_typed_code_may_hold_blanks(client: Client) -> None:
    paper = thanks(a_donation(1000))
    typed = f"{paper.check_code[:4].lower()} {paper.check_code[4:]}"
    assert "是真的" in client.get("/public/check/", {"code": typed}, follow=True).content.decode()


def test_signs_that_do_not_print_are_named_at_the_field(client: Client) -> None:
    officer = an_officer()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    gift = a_donation(1000)
    page = client.post(
        f"/giving/donations/{gift.pk}/thank/letter/",
        {"issuer": federation().pk, "addressee": "王\U0002a6a5", "text": "谢谢"},
    )
    assert page.status_code == 400
    assert "印不出来" in page.content.decode()


def test_a_letter_in_the_words_offered_is_issued_as_a_browser_sends_them(client: Client) -> None:
    client.force_login(an_officer(), backend="django.contrib.auth.backends.ModelBackend")
    gift = a_donation(1000)
    address = f"/giving/donations/{gift.pk}/thank/letter/"
    offered = client.get(address).context["form"].initial
    assert "\n" in offered["text"]
    words = {
        **offered,
        "issuer": federation().pk,
        "text": offered["text"].replace("\n", "\r\n"),
        "number": "",
    }
    page = client.post(address, words)
    assert page.status_code == 302, page.content.decode()
    paper = Acknowledgement.objects.get()
    assert paper.text == offered["text"].strip()
    assert client.get(f"/giving/acknowledgements/{paper.pk}/paper.pdf").status_code == 200


def test_the_pages_of_papers_open_for_those_who_may_read_the_issuer(client: Client) -> None:
    paper = thanks(a_donation(1000))
    outsider = an_officer(Role.GIFT_CLERK, body=a_body("店口商会", BodyKind.CHAMBER))
    client.force_login(an_officer(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/giving/acknowledgements/{paper.pk}/").status_code == 200
    assert client.get(f"/giving/acknowledgements/{paper.pk}/paper.pdf")["Content-Type"] == "application/pdf"
    client.force_login(outsider, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/giving/acknowledgements/{paper.pk}/").status_code == 404
