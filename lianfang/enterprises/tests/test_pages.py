"""The pages of the enterprises, as they are sent and answered."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.models import ExportEntry
from lianfang.book.rights import Role
from lianfang.enterprises.models import (
    FilingState,
    LedgerEntry,
    ResumptionFiling,
    SiteMeasure,
    StaffState,
    StaffSummary,
)
from lianfang.enterprises.tests.builders import a_filing, a_site, an_employee, filing_values
from lianfang.gates.models import Temperature
from lianfang.people.tests.builders import a_response, an_officer
from lianfang.places.models import Place

pytestmark = pytest.mark.django_db


def signed_in(role: str, site: Place | None = None) -> Client:
    a_response()
    client = Client()
    officer = an_officer(role, body=site.body if site else None)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def site() -> Place:
    return a_site()


@pytest.fixture
def safety(site: Place) -> Client:
    return signed_in(Role.SITE_SAFETY, site)


@pytest.mark.parametrize(
    "name", ["site", "measures", "posts", "staff", "report", "ledger", "entry_new", "binder", "filing_draft"]
)
def test_page_opens_for_the_own_site_and_for_no_other(safety: Client, site: Place, name: str) -> None:
    assert safety.get(reverse(f"enterprises:{name}", args=[site.pk])).status_code == 200
    assert safety.get(reverse(f"enterprises:{name}", args=[a_site().pk])).status_code == 404


def test_readings_of_a_round_are_typed_for_all_at_once(safety: Client, site: Place) -> None:
    one, other, empty = (an_employee(site) for _number in range(3))
    address = reverse("enterprises:staff", args=[site.pk])
    safety.post(address, {f"t-{one.pk}": "365", f"t-{other.pk}": "√", f"t-{empty.pk}": ""})
    assert sorted(str(row) for row in Temperature.objects.all()) == ["36.5℃", "正常"]
    assert "36.5" in safety.get(address).content.decode()


def test_a_cell_that_is_not_understood_keeps_all_that_was_typed_and_saves_nothing(
    safety: Client, site: Place
) -> None:
    one, other = an_employee(site), an_employee(site)
    address = reverse("enterprises:staff", args=[site.pk])
    page = safety.post(address, {f"t-{one.pk}": "365", f"t-{other.pk}": "abc"}).content.decode()
    assert 'value="365"' in page
    assert 'value="abc"' in page
    assert "请写体温" in page
    assert not Temperature.objects.exists()


def test_the_day_is_reported_from_the_page(safety: Client, site: Place) -> None:
    address = reverse("enterprises:report", args=[site.pk])
    zeros = dict.fromkeys(("expected", "present", "absent", "not_back", "isolated", "abnormal"), 0)
    changed = safety.post(address, {**zeros, "expected": 1, "present": 1}).content.decode()
    assert "请写明原因" in changed
    safety.post(address, zeros)
    assert StaffSummary.objects.get().expected == 0
    county = signed_in(Role.HEADQUARTERS).get(reverse("enterprises:county")).content.decode()
    assert "已上报 1 个" in county


def test_a_condition_is_set_on_the_page_of_an_employee(safety: Client, site: Place) -> None:
    employee = an_employee(site)
    address = reverse("enterprises:state", args=[site.pk, employee.pk])
    safety.post(address, {"condition": "isolated", "since": timezone.localdate().isoformat()})
    assert StaffState.objects.get().condition == "isolated"


def test_a_disinfection_passage_is_recorded_and_warned_against(safety: Client, site: Place) -> None:
    safety.post(reverse("enterprises:measures", args=[site.pk]), {"kind": "disinfection_passage"})
    page = safety.get(reverse("enterprises:site", args=[site.pk])).content.decode()
    assert "不主张对人体喷洒消毒" in page
    measure = SiteMeasure.objects.get()
    safety.post(reverse("enterprises:measures", args=[site.pk]), {"end": measure.pk})
    measure.refresh_from_db()
    assert measure.valid_to == timezone.localdate()


def test_the_binder_is_printed_with_a_purpose_and_logged(safety: Client, site: Place) -> None:
    an_employee(site)
    address = reverse("enterprises:binder", args=[site.pk])
    day = timezone.localdate().isoformat()
    refused = safety.post(address, {"since": day, "until": day, "purpose": ""})
    assert refused["Content-Type"].startswith("text/html")
    paper = safety.post(address, {"since": day, "until": day, "purpose": "县指挥部检查"})
    assert paper.content.startswith(b"%PDF")
    assert ExportEntry.objects.get().purpose == "县指挥部检查"


def test_a_filing_is_drafted_handed_in_and_decided(safety: Client, site: Place) -> None:
    values = {name: str(value) for name, value in filing_values().items() if value is not False}
    answer = safety.post(reverse("enterprises:filing_draft", args=[site.pk]), values)
    address = answer["Location"]
    safety.post(address, {"submit": "1"})
    county = signed_in(Role.HEADQUARTERS)
    for _level in range(3):
        county.post(address, {"opinion": "agree"})
    assert ResumptionFiling.objects.get().state == FilingState.APPROVED
    assert "同意" in safety.get(address).content.decode()


def test_what_is_missing_is_said_when_it_is_handed_in(safety: Client, site: Place) -> None:
    filing = a_filing(site, has_pledge=False)
    page = safety.post(reverse("enterprises:filing", args=[filing.pk]), {"submit": "1"}).content.decode()
    assert "报送前应备齐" in page


def test_a_line_of_the_ledger_is_written(safety: Client, site: Place) -> None:
    safety.post(
        reverse("enterprises:entry_new", args=[site.pk]),
        {
            "kind": "drill",
            "title": "发热处置演练",
            "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        },
    )
    assert LedgerEntry.objects.get().title == "发热处置演练"
    assert "发热处置演练" in safety.get(reverse("enterprises:ledger", args=[site.pk])).content.decode()


def test_the_inspector_sees_figures_and_no_persons(site: Place) -> None:
    inspector = signed_in(Role.INSPECTOR)
    assert inspector.get(reverse("enterprises:county")).status_code == 200
    assert inspector.get(reverse("enterprises:staff", args=[site.pk])).status_code == 403
