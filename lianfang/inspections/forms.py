"""Forms of the inspections."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import MomentField, PickField
from lianfang.inspections.actions import Line, Problem
from lianfang.inspections.models import (
    Checklist,
    ChecklistItem,
    EscalationKind,
    OrderKind,
    ProblemKind,
    Severity,
    Verdict,
)
from lianfang.people.models import Body
from lianfang.places.models import Place
from lianfang.places.pictures import MOST_BYTES

ANSWERS = [("yes", _("符合")), ("no", _("不符合")), ("not_seen", _("未查看"))]
FREE_ROWS = 3
PHOTOS = "image/jpeg,image/png,image/webp"


class PhotoField(forms.FileField):
    """A photograph, perhaps several at once; cleaned by the action that keeps it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("照片"))
        options.setdefault("help_text", _("只拍事物和状态,不拍人脸。可以一次选几张。"))
        super().__init__(widget=_Files(attrs={"accept": PHOTOS, "multiple": True}), **options)

    def clean(self, data: Any, _initial: Any = None) -> list[bytes]:
        files = [file for file in data or () if file]
        for file in files:
            if file.size > MOST_BYTES:
                raise forms.ValidationError(_("照片不能超过 12 MB。"), code="photo_too_large")
        return [file.read() for file in files]


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class BeginForm(forms.Form):
    """Where, and by which checklist."""

    place = PickField(None, known="place", label=_("被检点位"))
    checklist: "forms.ModelChoiceField[Checklist]" = forms.ModelChoiceField(
        label=_("检查表"), queryset=Checklist.objects.none(), required=False, empty_label=_("不用检查表")
    )

    def __init__(
        self, places: QuerySet[Place], checklists: QuerySet[Checklist], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["checklist"].queryset = checklists  # type: ignore[attr-defined]


class InspectionForm(forms.Form):
    """The head of an inspection, and what its findings have in common."""

    happened_at = MomentField(label=_("检查时间"))
    inspectors = forms.CharField(label=_("检查人"), max_length=120, help_text=_("两人以上的,用顿号分开。"))
    team = PickField(None, known="body", label=_("检查组"), required=False)
    unannounced = forms.BooleanField(label=_("不打招呼、直奔现场"), required=False, initial=True)
    summary = forms.CharField(
        label=_("检查情况"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    photos = PhotoField()
    responsible_body = PickField(None, known="body", label=_("责任单位"), required=False)
    responsible_person = forms.CharField(label=_("责任人"), max_length=60, required=False)
    deadline = MomentField(
        label=_("整改时限"), required=False, help_text=_("下面各项问题相同;当场改好的不用填。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(merged_into__isnull=True)
        for name in ("team", "responsible_body"):
            self.fields[name].queryset = bodies  # type: ignore[attr-defined]
        self.initial.setdefault("happened_at", timezone.now())
        self.initial.setdefault("deadline", timezone.now() + timedelta(days=1))


class ProblemForm(forms.Form):
    """One problem: a line of the checklist that is not as it should be, or a free one."""

    answer = forms.ChoiceField(
        label=_("结果"), choices=ANSWERS, widget=forms.RadioSelect, initial="not_seen", required=False
    )
    text = forms.CharField(label=_("发现问题"), max_length=300, required=False)
    requirement = forms.CharField(label=_("整改要求"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("问题类别"), choices=ProblemKind.choices, initial=ProblemKind.OTHER, required=False
    )
    severity = forms.ChoiceField(
        label=_("严重程度"), choices=Severity.choices, initial=Severity.MINOR, required=False
    )
    fixed_on_spot = forms.BooleanField(label=_("当场整改"), required=False)

    def __init__(self, item: ChecklistItem | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        if item is None:
            del self.fields["answer"]
            self.initial.setdefault("kind", ProblemKind.OTHER)
        else:
            self.initial.setdefault("severity", item.severity)
            del self.fields["kind"]

    @property
    def found(self) -> bool:
        """Whether something is wrong here."""
        if self.item is None:
            return bool(self.cleaned_data.get("text"))
        return self.cleaned_data.get("answer") == "no"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.item is not None and data.get("text") and data.get("answer") != "no":
            self.add_error(
                "answer",
                forms.ValidationError(_("写了问题,请把结果选为“不符合”。"), code="answer_differs"),
            )
        return data

    def problem(self, common: dict[str, Any]) -> Problem:
        data = self.cleaned_data
        return Problem(
            text=data["text"],
            kind=self.item.kind if self.item else data["kind"] or ProblemKind.OTHER,
            severity=data["severity"] or (self.item.severity if self.item else Severity.MINOR),
            responsible_body=common["responsible_body"],
            responsible_person=common["responsible_person"],
            requirement=data["requirement"],
            deadline=common["deadline"],
            fixed_on_spot=data["fixed_on_spot"],
            item=self.item,
        )


@dataclass(frozen=True, slots=True)
class ProblemRows:
    """The rows of an inspection: one a line of the checklist, and some free ones."""

    rows: list[ProblemForm]

    @classmethod
    def of(cls, checklist: Checklist | None, data: Any) -> "ProblemRows":
        items: list[ChecklistItem | None] = list(checklist.items.all()) if checklist else []
        items += [None] * FREE_ROWS
        return cls([ProblemForm(item, data, prefix=f"row{number}") for number, item in enumerate(items)])

    def is_valid(self) -> bool:
        """Each row is looked at, so that all errors are shown at once."""
        return not [row for row in self.rows if not row.is_valid()]

    @property
    def answers(self) -> dict[str, str]:
        return {str(row.item.pk): row.cleaned_data["answer"] or "not_seen" for row in self.rows if row.item}

    def problems(self, common: dict[str, Any]) -> list[Problem]:
        return [row.problem(common) for row in self.rows if row.found]


class RectifyForm(forms.Form):
    measures = forms.CharField(label=_("整改措施"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    result = forms.CharField(
        label=_("整改情况"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    done_by = forms.CharField(label=_("整改人"), max_length=60, required=False)
    happened_at = MomentField(label=_("完成时间"), required=False)
    photos = PhotoField(label=_("佐证照片"))


class ReinspectForm(forms.Form):
    verdict = forms.ChoiceField(label=_("复查结论"), choices=Verdict.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("复查情况"), max_length=300, required=False)
    deadline = MomentField(label=_("新的整改时限"), required=False, help_text=_("未通过的要填。"))
    photos = PhotoField()


class EscalateForm(forms.Form):
    kind = forms.ChoiceField(label=_("方式"), choices=EscalationKind.choices)
    text = forms.CharField(label=_("说明"), max_length=300, required=False)


class OrderForm(forms.Form):
    """Which findings of a body, from whom, by when to be answered."""

    kind = forms.ChoiceField(label=_("文种"), choices=OrderKind.choices)
    issuer = PickField(None, known="body", label=_("交办单位"))
    reply_by = MomentField(label=_("回复时限"))
    text = forms.CharField(
        label=_("交办要求"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = Body.objects.filter(  # type: ignore[attr-defined]
            merged_into__isnull=True
        )
        self.initial.setdefault("reply_by", timezone.now() + timedelta(days=1))


class ChecklistForm(forms.Form):
    theme = forms.CharField(label=_("检查主题"), max_length=60)
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)
    lines = forms.CharField(
        label=_("检查内容"),
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "一行一项,写“怎样才对”。行末可用 | 注明类别和严重程度,例如:门口24小时有人 | 值班值守 | 较重"
        ),
    )

    def clean_lines(self) -> list[Line]:
        kinds = {str(word): value for value, word in ProblemKind.choices}
        severities = {str(word): value for value, word in Severity.choices}
        found = []
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            text, *marks = (part.strip() for part in line.replace("｜", "|").split("|"))
            if not text:
                continue
            if len(text) > 200:
                raise forms.ValidationError(
                    _("第 %d 行超过 200 字,请分成几项。") % number, code="line_too_long"
                )
            kind, severity = ProblemKind.OTHER.value, Severity.MINOR.value
            for mark in filter(None, marks):
                if mark in kinds:
                    kind = kinds[mark]
                elif mark in severities:
                    severity = severities[mark]
                else:
                    raise forms.ValidationError(
                        _("第 %(line)d 行的“%(mark)s”不是问题类别,也不是严重程度。")
                        % {"line": number, "mark": mark[:20]},
                        code="unknown_mark",
                    )
            found.append(Line(text, kind, severity))
        return found


class VisitForm(forms.Form):
    visitors = forms.CharField(label=_("慰问人"), max_length=120)
    place = PickField(None, known="place", label=_("场所"), required=False)
    where = forms.CharField(
        label=_("地点"),
        max_length=80,
        required=False,
        help_text=_("不在场所名册中的,写在这里,例如:防疫一线。"),
    )
    happened_at = MomentField(label=_("慰问时间"), required=False)
    brought = forms.CharField(
        label=_("带去的物资"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一样,照原话写。要入库、公示的,另按捐赠登记。"),
    )
    text = forms.CharField(label=_("慰问情况"), max_length=300, required=False)

    def __init__(self, places: QuerySet[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("place") and not data.get("where") and "place" not in self.errors:
            self.add_error("place", forms.ValidationError(_("请选择场所,或写明地点。"), code="required"))
        return data

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "brought": self.cleaned_data["brought"].splitlines()}
