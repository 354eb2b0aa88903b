"""The pages of the rounds, and marks that phones send."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from lianfang.book.rights import Role
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_response, an_officer
from lianfang.places.models import Place, SpotKind
from lianfang.rounds import actions
from lianfang.rounds.models import Bulletin, Mark, Proof, PublicityItem, Round
from lianfang.rounds.phone_tasks import stops_of
from lianfang.rounds.tests.builders import a_house, a_lead, a_mark, a_place, a_round, a_spot

pytestmark = pytest.mark.django_db


def signed_in(officer: Officer) -> Client:
    a_response()
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def lead(place: Place) -> Client:
    return signed_in(an_officer(Role.PLACE_LEAD, body=place.body))


@pytest.mark.parametrize(
    "name",
    ["places", "marks", "mark_new", "dilution", "publicity", "put_up", "bulletins", "bulletin_new"],
)
def test_page_opens_while_the_book_is_empty(lead: Client, name: str) -> None:
    assert lead.get(reverse(f"rounds:{name}")).status_code == 200


def test_a_round_is_planned_by_kinds_of_spots_and_seen_as_a_picture(lead: Client, place: Place) -> None:
    a_house(place, stairwells=2, floors=2)
    a_spot(place, SpotKind.GATE)
    lead.post(
        reverse("rounds:plan", args=[place.pk]),
        {"kind": "disinfection", "name": "楼道消毒", "every": 12, "unit": "60", "spot_kinds": ["stairwell"]},
    )
    planned = Round.objects.get()
    assert (planned.interval_minutes, planned.stops.count()) == (720, 4)
    page = lead.get(reverse("rounds:coverage", args=[place.pk])).content.decode()
    assert "2单元" in page
    assert "安排了 4 处" in page
    lead.post(reverse("rounds:end", args=[place.pk, planned.pk]))
    planned.refresh_from_db()
    assert planned.valid_to == timezone.localdate()


def test_the_picture_tells_each_clock_and_asks_no_more_for_a_larger_place(lead: Client, place: Place) -> None:
    spots = a_house(place, stairwells=2, floors=2)
    a_round(place, spots, interval_minutes=600)
    address = reverse("rounds:coverage", args=[place.pk])
    lead.get(address)
    with CaptureQueriesContext(connection) as few:
        assert "未做" in lead.get(address).content.decode()
    more = [a_spot(place) for _number in range(70)]
    a_round(place, more, name="桶点消毒")
    for spot in spots:
        a_mark(spot, timezone.now())
    with CaptureQueriesContext(connection) as many:
        page = lead.get(address).content.decode()
    assert len(many) == len(few)
    assert page.count("剩9时") == len(spots)
    last = lead.get(address, {"page": 2}).content.decode()
    assert spots[0].name in last
    assert "剩9时" not in last


def test_another_place_is_not_found(lead: Client) -> None:
    assert lead.get(reverse("rounds:coverage", args=[a_place().pk])).status_code == 404


def test_a_mark_is_keyed_in_from_paper_and_warned_about(lead: Client, place: Place) -> None:
    spot = a_spot(place)
    answer = lead.post(
        reverse("rounds:mark_new"),
        {
            "spot": spot.pk,
            "kind": "disinfection",
            "happened_at": f"{timezone.localtime() - timedelta(hours=5):%Y-%m-%dT%H:%M}",
            "people": "某甲",
            "agent": "chlorine",
            "method": "spray",
            "target": "people",
            "strength": 500,
            "contact_minutes": 30,
            "source_reference": "第3页第5行",
        },
        follow=True,
    )
    page = answer.content.decode()
    assert "不对人体喷洒消毒" in page
    assert "补登" in page
    assert Mark.objects.get().source == "paper"


def test_how_much_to_mix_is_told_and_what_cannot_be_is_said(lead: Client) -> None:
    address = reverse("rounds:dilution")
    page = lead.get(address, {"total_ml": 16000, "target_mg_l": 500, "percent": 5}).content.decode()
    assert "<b>160</b>" in page
    wrong = lead.get(address, {"total_ml": 16000, "target_mg_l": 500, "percent": "0.01"}).content.decode()
    assert "配不出来" in wrong


def test_a_screen_shows_a_code_that_changes(lead: Client, place: Place) -> None:
    spot = a_spot(place)
    address = reverse("rounds:screen", args=[place.pk, spot.pk])
    lead.post(address)
    answer = lead.get(address)
    assert answer["Refresh"] == "20"
    assert "screen-code" in answer.content.decode()


def test_a_bulletin_is_published_in_all_its_forms(lead: Client, place: Place) -> None:
    answer = lead.post(
        reverse("rounds:bulletin_new"),
        {"body": place.body.pk, "title": "疫情通报", "text": "截至2月10日,本县无新增。\n请少出门。"},
    )
    lead.post(answer["Location"])
    bulletin = Bulletin.objects.get()
    assert bulletin.published_at is not None
    page = lead.get(answer["Location"]).content.decode()
    assert "二月十日" in page
    for size in ("a4", "a3"):
        assert lead.get(reverse("rounds:sheet", args=[bulletin.pk, size])).content.startswith(b"%PDF")
    lead.post(
        reverse("rounds:put_up"),
        {"place": place.pk, "kind": "notice", "bulletin": bulletin.pk, "quantity": 2},
    )
    item = PublicityItem.objects.get()
    lead.post(reverse("rounds:publicity_item", args=[item.pk]), {"condition": "missing"})
    hanging = lead.get(reverse("rounds:publicity"), {"work": "mend"}).content.decode()
    assert "缺失" in hanging
    lead.post(reverse("rounds:publicity_item", args=[item.pk]), {"down": "1"})
    item.refresh_from_db()
    assert item.taken_down_on == timezone.localdate()


def test_a_published_bulletin_is_a_page_for_everybody(lead: Client, place: Place) -> None:
    actor = a_lead(place)

    def drafted(title: str, supersedes: Bulletin | None = None) -> Bulletin:
        return actions.draft_bulletin(
            actor,
            response=a_response(),
            body=place.body,
            title=title,
            text="正文。",
            supersedes=supersedes,
        )

    made = drafted("通报一")
    address = reverse("rounds:public_bulletin", args=[made.pk])
    assert Client().get(address).status_code == 404
    actions.publish_bulletin(actor, bulletin=made)
    assert "正文。" in Client().get(address).content.decode()
    newer = drafted("通报二", made)
    assert "通报二" not in Client().get(address).content.decode()
    actions.publish_bulletin(actor, bulletin=newer)
    assert "通报二" in Client().get(address).content.decode()


def test_what_hangs_is_kept_with_its_photograph_and_its_spot(lead: Client, place: Place) -> None:
    spot = a_spot(place)
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(picture, "PNG")
    typed = {"place": place.pk, "kind": "banner", "words": "少出门", "spot": spot.pk}
    wrong = lead.post(
        reverse("rounds:put_up"), {**typed, "photo": SimpleUploadedFile("x.png", b"no picture")}
    )
    assert "这不是可用的照片" in wrong.content.decode()
    assert not PublicityItem.objects.exists()
    lead.post(reverse("rounds:put_up"), {**typed, "photo": SimpleUploadedFile("x.png", picture.getvalue())})
    item = PublicityItem.objects.get()
    assert (item.spot, item.photo is None) == (spot, False)
    photo = reverse("rounds:publicity_photo", args=[item.pk])
    assert lead.get(photo)["Content-Type"] == "image/jpeg"
    assert Client().get(photo).status_code == 302
    lead.post(reverse("rounds:publicity_item", args=[item.pk]), {"condition": "damaged"})
    item.refresh_from_db()
    assert (item.condition, item.photo is None) == ("damaged", False)


def test_the_phone_knows_the_stops_with_their_clocks(place: Place) -> None:
    spot, other = a_spot(place), a_spot(place)
    a_round(place, [spot, other], name="垃圾桶消毒")
    a_mark(spot, timezone.now())
    stops = {one["spot"]: one for one in stops_of(place.pk)["stops"]}
    assert stops[str(spot.pk)]["never"] is False
    assert stops[str(other.pk)]["never"] is True
    assert stops[str(spot.pk)]["round"] == "垃圾桶消毒"


def test_marks_of_a_phone_arrive_with_what_their_code_proves(place: Place) -> None:
    from lianfang.field.tests.builders import a_phone

    gate = a_spot(place, SpotKind.GATE)
    spot = a_spot(place)
    elsewhere = a_spot(a_place())
    actions.set_up_screen(a_lead(place), spot=spot)
    phone = a_phone(gate)
    phone.write("mark", {"spot": str(gate.pk), "kind": "ventilation", "code": gate.code, "minutes": 30})
    phone.write("mark", {"spot": str(spot.pk), "kind": "cleaning", "code": spot.code})
    phone.write("mark", {"spot": str(elsewhere.pk), "kind": "cleaning"})
    answer = phone.send(Client())
    assert [one["status"] for one in answer["results"]] == ["stored", "stored", "refused"]
    assert answer["results"][2]["code"] == "other_place"
    proofs = dict(Mark.objects.values_list("spot", "proof"))
    assert proofs == {gate.pk: Proof.PRINTED, spot.pk: Proof.STALE}
