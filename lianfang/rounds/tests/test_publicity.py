"""Bulletins, what hangs, and the words for each mouth."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lianfang.book.errors import Refused
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_response
from lianfang.places.models import Place
from lianfang.rounds import actions
from lianfang.rounds.models import Bulletin, PublicityKind
from lianfang.rounds.queries import publicity as queries
from lianfang.rounds.speaking import SMS_SIGNS, loudspeaker_script, short_messages
from lianfang.rounds.tests.builders import a_lead, a_place


def a_bulletin(place: Place, **values: object) -> Bulletin:
    common = {"title": "疫情通报", "text": "请佩戴口罩。"}
    return actions.draft_bulletin(
        a_lead(place),
        response=a_response(),
        body=place.body,
        **{**common, **values},  # type: ignore[arg-type]
    )


@pytest.mark.django_db
class TestWhatHangs:
    def test_a_superseded_bulletin_makes_its_papers_work_to_do(self) -> None:
        place = a_place()
        lead = a_lead(place)
        old = actions.publish_bulletin(lead, bulletin=a_bulletin(place))
        item = actions.put_up(lead, place=place, kind=PublicityKind.NOTICE, bulletin=old)
        officer = Officer.objects.get(pk=lead.officer.pk)
        new = a_bulletin(place, title="疫情通报(二)", supersedes=old)
        assert list(queries.outdated(officer)) == []
        actions.publish_bulletin(lead, bulletin=new)
        assert list(queries.outdated(officer)) == [item]
        actions.take_down(lead, item=item)
        assert list(queries.outdated(officer)) == []

    def test_published_words_are_fixed(self) -> None:
        place = a_place()
        published = actions.publish_bulletin(a_lead(place), bulletin=a_bulletin(place))
        with pytest.raises(Refused, match="已经发布"):
            actions.publish_bulletin(a_lead(place), bulletin=published)

    def test_a_draft_does_not_hang(self) -> None:
        place = a_place()
        with pytest.raises(Refused, match="先发布"):
            actions.put_up(a_lead(place), place=place, kind=PublicityKind.NOTICE, bulletin=a_bulletin(place))

    def test_it_is_taken_down_after_it_was_put_up(self) -> None:
        place = a_place()
        with pytest.raises(ValidationError):
            actions.put_up(
                a_lead(place),
                place=place,
                kind=PublicityKind.BANNER,
                put_up_on=date(2020, 2, 10),
                take_down_by=date(2020, 2, 1),
            )

    def test_what_is_damaged_waits_to_be_mended(self) -> None:
        place = a_place()
        lead = a_lead(place)
        item = actions.put_up(lead, place=place, kind=PublicityKind.BANNER, words="戴口罩")
        actions.check_publicity(lead, item=item, condition="damaged")
        officer = Officer.objects.get(pk=lead.officer.pk)
        assert list(queries.to_mend(officer)) == [item]
        assert list(queries.to_take_down(officer, timezone.localdate())) == []


def test_numbers_are_spoken_as_people_say_them() -> None:
    script = loudspeaker_script(
        "通知", "2月10日18:05起,每户2天1人外出,体温37.3℃以上请拨打120或0543-2118777。"
    )
    assert "二月十日十八点零五分起" in script
    assert "每户两天一人" in script
    assert "三十七点三摄氏度" in script
    assert "幺二零" in script
    assert "零五四三二幺幺八七七七" in script


def test_years_are_spoken_sign_by_sign_and_brackets_are_left_out() -> None:
    assert loudspeaker_script("通知", "2020年(试行)至10%。") == "通知。二零二零年至百分之十。"


def test_two_is_liang_before_what_is_counted_and_er_in_dates_and_orders() -> None:
    script = loudspeaker_script("通知", "2月2日2:30,2楼2人,第2次2小时,12个,2.2米")
    assert "二月二日两点三十分,二楼两人,第二次两小时,十二个,二点二米" in script


def test_a_ratio_is_no_time_of_day_and_84_is_a_name() -> None:
    script = loudspeaker_script("通知", "84消毒液按1:100兑水,8:30起配发84瓶。")
    assert "八四消毒液按一比一百兑水,八点三十分起配发八十四瓶。" in script


@given(st.text(min_size=1, max_size=400))
def test_short_messages_have_seventy_signs_at_most_and_lose_nothing(text: str) -> None:
    parts = short_messages("通知", text)
    assert all(len(part) <= SMS_SIGNS for part in parts)
    whole = "".join(part.split(")", 1)[1] if len(parts) > 1 else part for part in parts)
    assert whole == "".join(f"【通知】{text}".split())
