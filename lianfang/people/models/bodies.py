"""Bodies (单位): any organisation, with its several names, its members and its papers."""

from collections.abc import Mapping
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models.areas import Area
from lianfang.people.models.periods import Period


class BodyKind(models.TextChoices):
    FEDERATION = "federation", _("工商联")
    CHAMBER = "chamber", _("商会、协会")
    ENTERPRISE = "enterprise", _("企业")
    GOVERNMENT = "government", _("政府及部门")
    PARTY_BRANCH = "party_branch", _("党组织")
    CHARITY = "charity", _("慈善组织、红十字会")
    HOSPITAL = "hospital", _("医疗卫生机构")
    SCHOOL = "school", _("学校")
    VILLAGE_COMMITTEE = "village_committee", _("村(居)委会")
    HEADQUARTERS = "headquarters", _("指挥部")
    WORKING_GROUP = "working_group", _("工作组、领导小组")
    ALLIANCE = "alliance", _("联盟、联谊组织")
    ORGANISATION = "organisation", _("其他组织")


class Body(Register):
    """An organisation under its full name.

    A body that a person has found to be another one under a second name points to it by
    `merged_into`; what refers to it keeps referring to it, and is read under the other's name.
    So a merge loses nothing and is undone by emptying the field.
    """

    name = models.CharField(_("全称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=20, choices=BodyKind.choices)
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("所在属地"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("上级单位(条线)"),
    )
    credit_code = models.CharField(
        _("统一社会信用代码"),
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^([0-9A-HJ-NPQRTUWXY]{18})?$", _("统一社会信用代码应为 18 位。"))],
    )
    may_issue_receipts = models.BooleanField(
        _("可开具公益事业捐赠票据"),
        default=False,
        help_text=_("县级以上政府及部门、公益性事业单位、公益性社会组织"),
    )
    remark = models.CharField(_("备注"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("已并入"),
    )

    class Meta:
        verbose_name = _("单位")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "area"],
                name="body_name_once_in_an_area",
                violation_error_message=_("该属地已有同名单位。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope.of(areas=[self.area_id], bodies=[self.pk])


def with_merged(bodies: frozenset[UUID]) -> frozenset[UUID]:
    """These bodies and all that are one with them by merging: a merged body is the body it went into."""
    found = set(bodies)
    if not found:
        return bodies
    into = dict(Body.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    tops = {_top(body, into) for body in found}
    return frozenset(found | tops | {body for body in into if _top(body, into) in tops})


def _top(body: UUID, into: Mapping[UUID, UUID | None]) -> UUID:
    """The end of a chain of merges; a cycle, which the actions forbid, ends where it closes."""
    seen = {body}
    while (target := into.get(body)) is not None and target not in seen:
        seen.add(target)
        body = target
    return body


class AliasKind(models.TextChoices):
    SHORT = "short", _("简称")
    FORMER = "former", _("曾用名")
    MISSPELT = "misspelt", _("误写")
    OTHER = "other", _("又名")


class AliasState(models.TextChoices):
    PROPOSED = "proposed", _("待判定")
    CONFIRMED = "confirmed", _("已确认")
    REFUSED = "refused", _("不是同一单位")


class BodyAlias(Register):
    """Another name of a body (又名、简称): proposed by the system, decided by a person."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="aliases", verbose_name=_("单位"))
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=10, choices=AliasKind.choices, default=AliasKind.SHORT)
    state = models.CharField(
        _("状态"), max_length=10, choices=AliasState.choices, default=AliasState.CONFIRMED
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("单位又名")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name"],
                name="alias_once_for_a_body",
                violation_error_message=_("该单位已有这个名称。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}({self.body.name})"

    def scope(self) -> Scope:
        return self.body.scope()


class MembershipRole(models.TextChoices):
    CHAIR = "chair", _("会长(主席)")
    VICE_CHAIR = "vice_chair", _("副会长(副主席)")
    EXECUTIVE = "executive", _("执委(理事)")
    MEMBER = "member", _("会员(成员)")
    GROUP_LEADER = "group_leader", _("组长")
    DEPUTY_LEADER = "deputy_leader", _("副组长")


class Membership(Register, Period):
    """A body or a person that belongs to a body, in a role, from–to."""

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("所属单位")
    )
    member_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="member_of",
        verbose_name=_("成员单位"),
    )
    member_person = models.ForeignKey(
        "people.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="member_of",
        verbose_name=_("成员个人"),
    )
    role = models.CharField(
        _("职务"), max_length=14, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )

    class Meta:
        verbose_name = _("成员关系")
        ordering = ["body", "role"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member_body__isnull=False, member_person__isnull=True)
                | models.Q(member_body__isnull=True, member_person__isnull=False),
                name="membership_is_of_one_body_or_one_person",
                violation_error_message=_("请选择一个成员单位或一名个人。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_body or self.member_person} · {self.body.name}"

    def scope(self) -> Scope:
        return self.body.scope()


class MembershipStatement(Register):
    """How many members of these roles a body has, as a source states it (口径数).

    Compared with the members that the book knows, never added to them, and never filled up with
    invented ones: a source may say "70 firms" and name none.
    """

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="membership_statements", verbose_name=_("单位")
    )
    wording = models.CharField(_("原文说法"), max_length=120)
    roles = models.JSONField(_("所指职务"), default=list, blank=True)
    count = models.PositiveIntegerField(_("家数(人数)"))
    source = models.CharField(_("出处"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("成员口径数")
        ordering = ["body", "wording"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "wording"],
                name="membership_statement_once_for_a_body",
                violation_error_message=_("该单位已有这条口径数。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body.name} {self.wording} {self.count}"

    def clean(self) -> None:
        super().clean()
        if not set(self.roles) <= set(MembershipRole.values):
            raise ValidationError({"roles": ValidationError(_("职务不在可选范围内。"), code="role")})

    def scope(self) -> Scope:
        return self.body.scope()


class ResemblanceState(models.TextChoices):
    OPEN = "open", _("待判定")
    DIFFERENT = "different", _("不是同一单位")


class Resemblance(Register):
    """Two bodies that may be one (疑似同一单位): proposed with reasons, decided by a person.

    `one` is the body with the smaller id, so that a pair stands in the book once. That they are one
    is not said here but by merging them, so that undoing the merge leaves nothing behind.
    """

    one = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位甲"))
    other = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位乙"))
    score = models.FloatField(_("相似度"), help_text=_("0 至 1"))
    reasons = models.JSONField(_("理由"), default=list, blank=True)
    state = models.CharField(
        _("状态"), max_length=10, choices=ResemblanceState.choices, default=ResemblanceState.OPEN
    )

    class Meta:
        verbose_name = _("疑似同一单位")
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="resemblance_once_for_a_pair"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="resemblance_is_of_two_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one.name} ≈ {self.other.name}"

    def scope(self) -> Scope:
        one, other = self.one.scope(), self.other.scope()
        return Scope(one.areas | other.areas, one.bodies | other.bodies)


class DocumentKind(models.TextChoices):
    WORK_PLAN = "work_plan", _("工作方案")
    DECISION = "decision", _("决定、通知")
    OTHER = "other", _("其他文件")


class Document(Register):
    """A paper of a body: a work plan, a decision. `text` may be empty where only the title is known."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="documents", verbose_name=_("单位"))
    kind = models.CharField(_("类别"), max_length=10, choices=DocumentKind.choices)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=60, blank=True)
    dated_on = models.DateField(_("成文日期"), null=True, blank=True)
    text = models.TextField(_("正文"), blank=True)

    class Meta:
        verbose_name = _("文件")
        ordering = ["-dated_on", "title"]

    def __str__(self) -> str:
        return self.title

    def scope(self) -> Scope:
        return self.body.scope()
