"""Who may do what, where.

A **right** is one thing that may be done. A **role** is a set of rights, given to an officer on an
area, a body or a place, from a date to a date. The **scope** of a thing is where it stands; the
**reach** of an officer for a right is where the officer's grants lie. One object, the reach, answers
both questions: "may this officer do it to this thing?" and "which rows may this officer see?",
so that the two cannot disagree (and a test holds that they don't).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _


class Right(TextChoices):
    READ_BOOK = "read_book", _("查阅台账")
    READ_PERSONS = "read_persons", _("查阅人员信息")
    KEEP_REGISTERS = "keep_registers", _("维护名册")
    KEEP_PERSONS = "keep_persons", _("维护人员信息")
    BOOK_GIFTS = "book_gifts", _("登记捐赠")
    DECIDE_GIFTS = "decide_gifts", _("判定重复与归并")
    REVIEW_DISCLOSURE = "review_disclosure", _("复核公示")
    PUBLISH = "publish", _("发布公示")
    DRAFT_NOTICE = "draft_notice", _("起草倡议、通知")
    APPROVE_NOTICE = "approve_notice", _("审批倡议、通知")
    ANSWER_NOTICE = "answer_notice", _("签收、回复倡议")
    MANAGE_OFFICERS = "manage_officers", _("管理用户与授权")
    READ_AUDIT = "read_audit", _("查阅操作记录")
    EXPORT_PERSONAL = "export_personal", _("导出含个人信息的表")
    KEEP_PLACES = "keep_places", _("维护场所、住户、点位")
    ISSUE_PASSES = "issue_passes", _("签发、作废出入证")
    KEEP_GATE = "keep_gate", _("登记出入")
    SET_GATE_RULES = "set_gate_rules", _("制定本处出入规则")
    READ_GATES = "read_gates", _("查阅出入登记")
    HANDLE_INCIDENTS = "handle_incidents", _("处置发热等异常事件")
    TRACE_CONTACTS = "trace_contacts", _("查询同一出入口的接触人员")
    MANAGE_DEVICES = "manage_devices", _("登记、注销值守手机和口令")
    KEEP_ENTERPRISE = "keep_enterprise", _("维护企业防控台账")
    READ_ENTERPRISES = "read_enterprises", _("查阅企业防控汇总")
    DECIDE_RESUMPTION = "decide_resumption", _("审核复工备案")
    PLAN_DUTY = "plan_duty", _("编排、发布值班表")
    SIGN_HANDOVER = "sign_handover", _("复核交接班")
    KEEP_ROUNDS = "keep_rounds", _("安排、登记消毒巡查")
    KEEP_PUBLICITY = "keep_publicity", _("维护宣传品")
    INSPECT = "inspect", _("督导检查、下达交办单")
    RECTIFY = "rectify", _("落实整改")
    KEEP_VOLUNTEERS = "keep_volunteers", _("管理志愿者")


class Role(TextChoices):
    ADMINISTRATOR = "administrator", _("系统管理员")
    FEDERATION_OFFICE = "federation_office", _("工商联办公室")
    FEDERATION_LEADER = "federation_leader", _("工商联负责人")
    CHAMBER_SECRETARY = "chamber_secretary", _("商会秘书")
    GIFT_CLERK = "gift_clerk", _("捐赠登记员")
    AUDITOR = "auditor", _("审计、监督")
    READER = "reader", _("查阅人员")
    HEADQUARTERS = "headquarters", _("指挥部办公室")
    PLACE_LEAD = "place_lead", _("场所负责人")
    DUTY_LEADER = "duty_leader", _("带班领导")
    GUARD = "guard", _("值守员")
    SITE_SAFETY = "site_safety", _("企业防控负责人")
    INSPECTOR = "inspector", _("督导组")


RIGHTS_OF_ROLE: dict[str, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset(
        {Right.READ_BOOK, Right.KEEP_REGISTERS, Right.MANAGE_OFFICERS, Right.READ_AUDIT}
    ),
    Role.FEDERATION_OFFICE: frozenset(
        {
            Right.READ_BOOK,
            Right.READ_PERSONS,
            Right.KEEP_REGISTERS,
            Right.KEEP_PERSONS,
            Right.BOOK_GIFTS,
            Right.DECIDE_GIFTS,
            Right.REVIEW_DISCLOSURE,
            Right.DRAFT_NOTICE,
            Right.ANSWER_NOTICE,
            Right.EXPORT_PERSONAL,
            Right.KEEP_PLACES,
            Right.READ_GATES,
            Right.MANAGE_DEVICES,
            Right.READ_ENTERPRISES,
            Right.PLAN_DUTY,
            Right.KEEP_ROUNDS,
            Right.KEEP_PUBLICITY,
            Right.RECTIFY,
            Right.KEEP_VOLUNTEERS,
        }
    ),
    Role.FEDERATION_LEADER: frozenset(
        {
            Right.READ_BOOK,
            Right.READ_PERSONS,
            Right.DECIDE_GIFTS,
            Right.REVIEW_DISCLOSURE,
            Right.PUBLISH,
            Right.APPROVE_NOTICE,
            Right.READ_AUDIT,
            Right.READ_GATES,
            Right.READ_ENTERPRISES,
            Right.SIGN_HANDOVER,
            Right.INSPECT,
        }
    ),
    Role.CHAMBER_SECRETARY: frozenset({Right.READ_BOOK, Right.BOOK_GIFTS, Right.ANSWER_NOTICE}),
    Role.GIFT_CLERK: frozenset({Right.READ_BOOK, Right.BOOK_GIFTS}),
    Role.AUDITOR: frozenset({Right.READ_BOOK, Right.READ_AUDIT}),
    Role.READER: frozenset({Right.READ_BOOK}),
    Role.HEADQUARTERS: frozenset(
        {
            Right.READ_BOOK,
            Right.READ_PERSONS,
            Right.KEEP_REGISTERS,
            Right.KEEP_PERSONS,
            Right.KEEP_PLACES,
            Right.ISSUE_PASSES,
            Right.SET_GATE_RULES,
            Right.READ_GATES,
            Right.HANDLE_INCIDENTS,
            Right.TRACE_CONTACTS,
            Right.MANAGE_DEVICES,
            Right.READ_ENTERPRISES,
            Right.DECIDE_RESUMPTION,
            Right.PLAN_DUTY,
            Right.SIGN_HANDOVER,
            Right.KEEP_ROUNDS,
            Right.KEEP_PUBLICITY,
            Right.INSPECT,
            Right.RECTIFY,
            Right.KEEP_VOLUNTEERS,
            Right.READ_AUDIT,
            Right.EXPORT_PERSONAL,
        }
    ),
    Role.PLACE_LEAD: frozenset(
        {
            Right.READ_BOOK,
            Right.READ_PERSONS,
            Right.KEEP_PERSONS,
            Right.KEEP_PLACES,
            Right.ISSUE_PASSES,
            Right.SET_GATE_RULES,
            Right.KEEP_GATE,
            Right.READ_GATES,
            Right.HANDLE_INCIDENTS,
            Right.MANAGE_DEVICES,
            Right.PLAN_DUTY,
            Right.SIGN_HANDOVER,
            Right.KEEP_ROUNDS,
            Right.KEEP_PUBLICITY,
            Right.RECTIFY,
            Right.KEEP_VOLUNTEERS,
        }
    ),
    Role.DUTY_LEADER: frozenset(
        {
            Right.READ_BOOK,
            Right.KEEP_GATE,
            Right.READ_GATES,
            Right.HANDLE_INCIDENTS,
            Right.PLAN_DUTY,
            Right.SIGN_HANDOVER,
            Right.KEEP_ROUNDS,
            Right.RECTIFY,
        }
    ),
    Role.GUARD: frozenset({Right.KEEP_GATE, Right.KEEP_ROUNDS}),
    Role.SITE_SAFETY: frozenset(
        {
            Right.READ_BOOK,
            Right.READ_PERSONS,
            Right.KEEP_PERSONS,
            Right.KEEP_PLACES,
            Right.ISSUE_PASSES,
            Right.SET_GATE_RULES,
            Right.KEEP_GATE,
            Right.READ_GATES,
            Right.HANDLE_INCIDENTS,
            Right.MANAGE_DEVICES,
            Right.KEEP_ENTERPRISE,
            Right.PLAN_DUTY,
            Right.SIGN_HANDOVER,
            Right.KEEP_ROUNDS,
            Right.KEEP_PUBLICITY,
            Right.RECTIFY,
        }
    ),
    # No reading of gates: their registers name persons, and an inspection needs none.
    Role.INSPECTOR: frozenset({Right.READ_BOOK, Right.READ_ENTERPRISES, Right.INSPECT}),
}


def roles_with(right: Right) -> frozenset[str]:
    return frozenset(role for role, rights in RIGHTS_OF_ROLE.items() if right in rights)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a thing stands. An empty scope is the whole county's."""

    areas: frozenset[UUID] = frozenset()
    bodies: frozenset[UUID] = frozenset()
    places: frozenset[UUID] = frozenset()

    @classmethod
    def of(
        cls,
        *,
        areas: Iterable[UUID | None] = (),
        bodies: Iterable[UUID | None] = (),
        places: Iterable[UUID | None] = (),
    ) -> "Scope":
        """A scope from identifiers of which some may be unknown."""
        return cls(
            frozenset(area for area in areas if area is not None),
            frozenset(body for body in bodies if body is not None),
            frozenset(place for place in places if place is not None),
        )


COUNTY = Scope()


class Scoped(Protocol):
    def scope(self) -> Scope: ...


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an officer holds a right: everywhere, or in these areas (with all below them), bodies, places."""

    everywhere: bool = False
    areas: frozenset[UUID] = field(default_factory=frozenset)
    bodies: frozenset[UUID] = field(default_factory=frozenset)
    places: frozenset[UUID] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.everywhere or self.areas or self.bodies or self.places)

    def covers(self, scope: Scope) -> bool:
        return bool(
            self.everywhere
            or self.areas & scope.areas
            or self.bodies & scope.bodies
            or self.places & scope.places
        )

    def rows(self, *, areas: Iterable[str] = (), bodies: Iterable[str] = (), places: Iterable[str] = ()) -> Q:
        """The filter for rows whose scope is named by these field paths ("recipient__area", "via")."""
        if self.everywhere:
            # Not an empty Q: or-ed with another filter, that would vanish instead of letting all through.
            return Q(pk__isnull=False)
        found = Q(pk__in=())
        for paths, held in ((areas, self.areas), (bodies, self.bodies), (places, self.places)):
            if held:
                for path in paths:
                    found |= Q(**{f"{path}__in": held})
        return found


class Holder(Protocol):
    """Somebody who holds rights: an officer."""

    def reach(self, right: Right) -> Reach: ...
