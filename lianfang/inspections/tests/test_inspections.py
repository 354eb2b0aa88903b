"""From the visit to the problem struck off."""

import io
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from PIL import Image

from lianfang.book.actions import Actor
from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.book.soundness import findings as unsound
from lianfang.inspections import actions, queries
from lianfang.inspections.actions import Line
from lianfang.inspections.models import (
    Checklist,
    EscalationKind,
    Finding,
    Inspection,
    ProblemKind,
    Severity,
    Verdict,
)
from lianfang.inspections.standing import Stage, Standing, standings_of
from lianfang.inspections.tests.builders import a_finding, a_place, a_problem, an_inspector
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_body, a_response, a_township, an_actor
from lianfang.places.actions.photos import keep_photo
from lianfang.places.models import Photo
from lianfang.places.pictures import picture_content

pytestmark = pytest.mark.django_db


def tomorrow() -> datetime:
    return timezone.now() + timedelta(days=1)


def standing(finding: Finding) -> Standing:
    return standings_of([finding.root_id])[finding.root_id]


def put_right(finding: Finding, actor: Actor | None = None) -> Actor:
    who = actor or an_actor(Role.PLACE_LEAD)
    actions.rectify(who, finding=finding, measures="已增派两人轮班")
    return who


def test_finding_goes_from_found_to_put_right_to_checked_by_another_person() -> None:
    finding = a_finding()
    assert standing(finding).stage is Stage.TO_RECTIFY
    put_right(finding)
    assert standing(finding).stage is Stage.TO_REINSPECT
    actions.reinspect(an_inspector(), finding=finding, verdict=Verdict.CLOSED, text="已到岗")
    assert standing(finding).stage is Stage.CLOSED
    assert standing(finding).closed_at is not None


def test_who_found_it_cannot_strike_it_off() -> None:
    inspector = an_inspector()
    finding = a_finding(inspector)
    put_right(finding)
    with pytest.raises(Refused, match="另一人"):
        actions.reinspect(inspector, finding=finding, verdict=Verdict.CLOSED)


def test_who_put_it_right_cannot_strike_it_off() -> None:
    finding = a_finding()
    both = an_actor(Role.HEADQUARTERS)
    put_right(finding, both)
    with pytest.raises(Refused, match="另一人"):
        actions.reinspect(both, finding=finding, verdict=Verdict.CLOSED)


def test_nothing_is_checked_again_before_it_is_put_right() -> None:
    with pytest.raises(Refused, match="没有待复查"):
        actions.reinspect(an_inspector(), finding=a_finding(), verdict=Verdict.CLOSED)


def test_a_check_that_does_not_pass_opens_it_again_with_a_new_deadline() -> None:
    finding = a_finding()
    put_right(finding)
    with pytest.raises(ValidationError, match="新的整改时限"):
        actions.reinspect(an_inspector(), finding=finding, verdict=Verdict.REOPENED)
    later = tomorrow() + timedelta(days=3)
    actions.reinspect(an_inspector(), finding=finding, verdict=Verdict.REOPENED, deadline=later)
    assert standing(finding).stage is Stage.TO_RECTIFY
    assert standing(finding).deadline == later
    assert standing(finding).reopened == 1
    put_right(finding)
    assert standing(finding).stage is Stage.TO_REINSPECT


def test_what_was_put_right_on_the_spot_is_closed_at_once() -> None:
    finding = a_finding(fixed_on_spot=True, deadline=None)
    assert standing(finding).stage is Stage.CLOSED
    with pytest.raises(Refused):
        put_right(finding)


def test_a_problem_needs_a_deadline_unless_it_was_put_right_on_the_spot() -> None:
    with pytest.raises(ValidationError, match="整改时限"):
        a_finding(deadline=None)
    assert not Inspection.objects.exists()


def test_an_inspection_of_tomorrow_is_refused() -> None:
    with pytest.raises(ValidationError, match="不能晚于现在"):
        a_finding(happened_at=tomorrow())


def test_a_repeated_problem_points_to_the_last_one_and_may_be_escalated() -> None:
    body, place = a_body(), a_place()
    first = a_finding(place=place, body=body)
    with pytest.raises(Refused, match="首次"):
        actions.escalate(an_inspector(), finding=first, kind=EscalationKind.TALK)
    again = a_finding(place=place, body=body)
    assert again.repeats == first
    actions.escalate(an_inspector(), finding=again, kind=EscalationKind.TALK, text="约谈负责人")
    assert [step.word for step in standing(again).steps] == ["约谈"]


def test_a_late_problem_may_be_escalated() -> None:
    now = timezone.now()
    finding = a_finding(happened_at=now - timedelta(days=2), deadline=now - timedelta(days=1))
    assert standing(finding).late(now)
    actions.escalate(an_inspector(), finding=finding, kind=EscalationKind.REPORTED)


def test_orders_are_numbered_without_holes_and_go_to_one_body() -> None:
    issuer, body = a_body(), a_body()
    inspector = an_inspector()
    one, other = a_finding(inspector, body=body), a_finding(inspector, body=body)
    strange = a_finding(inspector)
    common = {"response": a_response(), "issuer": issuer, "reply_by": tomorrow()}
    first = actions.order_rectification(inspector, findings=[one], **common)
    second = actions.order_rectification(inspector, findings=[one, other], **common)
    assert (first.serial, second.serial) == (1, 2)
    assert second.number == f"联防交办〔{timezone.localtime().year}〕2号"
    assert [line.finding for line in queries.order_lines(second)] == [one, other]
    with pytest.raises(ValidationError, match="一个单位"):
        actions.order_rectification(inspector, findings=[one, strange], **common)
    with pytest.raises(ValidationError, match="现在之后"):
        actions.order_rectification(inspector, findings=[one], **{**common, "reply_by": timezone.now()})


def test_a_closed_problem_is_not_ordered_again() -> None:
    finding = a_finding(fixed_on_spot=True, deadline=None)
    with pytest.raises(Refused, match="已经销号"):
        actions.order_rectification(
            an_inspector(), response=a_response(), issuer=a_body(), findings=[finding], reply_by=tomorrow()
        )


def test_a_changed_checklist_is_a_new_version_and_the_old_one_stays_with_its_inspections() -> None:
    inspector = an_inspector()
    first = actions.publish_checklist(inspector, theme="夜间值守", lines=[Line("门口有人")])
    inspection = actions.record_inspection(
        inspector,
        response=a_response(),
        place=a_place(),
        inspectors="张三",
        happened_at=timezone.now(),
        checklist=first,
        answers={str(first.items.get().pk): "yes"},
    )
    second = actions.publish_checklist(inspector, theme="夜间值守", lines=[Line("门口有两人")])
    assert second.version == 2
    assert list(queries.checklists_in_use()) == [second]
    assert Inspection.objects.get(pk=inspection.pk).checklist == first


def test_answers_to_lines_of_another_checklist_are_refused() -> None:
    inspector = an_inspector()
    checklist = actions.publish_checklist(inspector, theme="消毒", lines=[Line("有记录")])
    other = actions.publish_checklist(inspector, theme="宣传", lines=[Line("有条幅")])
    with pytest.raises(ValidationError, match="没有这一项"):
        actions.record_inspection(
            inspector,
            response=a_response(),
            place=a_place(),
            inspectors="张三",
            happened_at=timezone.now(),
            checklist=checklist,
            answers={str(other.items.get().pk): "no"},
        )


def test_an_empty_checklist_is_refused() -> None:
    with pytest.raises(ValidationError, match="至少写一项"):
        actions.publish_checklist(an_inspector(), theme="空", lines=[Line("  ")])
    assert not Checklist.objects.exists()


def test_the_list_and_the_standing_agree_on_every_stage() -> None:
    inspector, now = an_inspector(), timezone.now()
    place = a_place()
    made = [a_finding(inspector, place=place, text=f"问题{number}") for number in range(5)]
    for finding in made[1:]:
        put_right(finding)
    actions.reinspect(an_inspector(), finding=made[2], verdict=Verdict.CLOSED)
    actions.reinspect(an_inspector(), finding=made[3], verdict=Verdict.REOPENED, deadline=tomorrow())
    actions.reinspect(an_inspector(), finding=made[4], verdict=Verdict.REOPENED, deadline=tomorrow())
    put_right(made[4])
    officer = Officer.objects.get(pk=inspector.officer.pk)
    rows = {row.root_id: row for row in queries.visible_findings(officer, a_response())}
    for finding in made:
        known, row = standing(finding), rows[finding.root_id]
        assert row.closed == (known.stage is Stage.CLOSED)
        assert row.awaiting == (known.stage is Stage.TO_REINSPECT)
        assert row.due_at == known.deadline
    figures = queries.statistics(
        officer, a_response(), since=now - timedelta(days=1), until=now + timedelta(days=1)
    )
    assert (figures.findings, figures.closed, figures.open, figures.inspections) == (5, 1, 4, 5)
    assert figures.closed_share == 20
    assert figures.by_kind[0][1:] == (5, 1)


def test_a_withdrawn_finding_is_in_no_list() -> None:
    inspector = an_inspector()
    finding = a_finding(inspector)
    actions.withdraw_finding(inspector, finding=finding, reason="看错了")
    assert not queries.visible_findings(inspector.officer, a_response()).exists()


def test_a_place_lead_sees_what_is_found_there_and_nothing_else() -> None:
    inspector = an_inspector()
    body = a_body(area=a_township())
    own = a_finding(inspector, body=body)
    a_finding(inspector, body=a_body())
    lead = an_actor(Role.PLACE_LEAD, body=body)
    assert [row.root for row in queries.visible_findings(lead.officer, a_response())] == [own]
    with pytest.raises(NotAllowed):
        a_finding(lead)


def test_a_visit_says_where_it_went() -> None:
    actor = an_inspector()
    visit = actions.record_visit(
        actor, response=a_response(), visitors="某主席", place=a_place(), brought=["必备生活物资", " "]
    )
    assert visit.brought == ["必备生活物资"]
    assert visit.happened_at is None
    with pytest.raises(ValidationError, match="写明地点"):
        actions.record_visit(actor, response=a_response(), visitors="某主席")


def a_photo_file(side: int = 40, *, exif: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_a_photo_is_kept_without_what_the_camera_wrote_into_it() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    photo = keep_photo(
        an_inspector(),
        response=a_response(),
        place=a_place(),
        content=a_photo_file(2000, exif=exif.tobytes()),
    )
    content = picture_content(photo.digest)
    assert b"SECRET-CAMERA" not in content
    assert (photo.width, photo.height) == (1600, 1600)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<svg onload=x>", a_photo_file()[:200]])
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError, match="不是可用的照片"):
        keep_photo(an_inspector(), response=a_response(), place=a_place(), content=content)
    assert not Photo.objects.exists()


def test_a_sound_book_has_no_findings() -> None:
    finding = a_finding()
    put_right(finding)
    actions.reinspect(an_inspector(), finding=finding, verdict=Verdict.CLOSED)
    assert list(unsound(frozenset({"inspections"}))) == []


def test_the_work_does_not_grow_with_the_findings(django_assert_max_num_queries: object) -> None:
    roots = [a_finding(text=f"问题{number}", kind=ProblemKind.GATE).root_id for number in range(6)]
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert len(standings_of(roots)) == 6


def test_an_answer_that_came_twice_is_one_inspection() -> None:
    inspector, place = an_inspector(), a_place()
    common = {"response": a_response(), "place": place, "inspectors": "张三", "happened_at": timezone.now()}
    first = actions.record_inspection(inspector, problems=[a_problem()], **common)
    again = actions.record_inspection(inspector, problems=[a_problem()], id=first.pk, **common)
    assert first == again
    assert Finding.objects.count() == 1


def test_severities_come_from_the_checklist() -> None:
    made = actions.publish_checklist(
        an_inspector(), theme="值守", lines=[Line("有人", ProblemKind.DUTY, Severity.GRAVE)]
    )
    assert made.items.get().severity == Severity.GRAVE
