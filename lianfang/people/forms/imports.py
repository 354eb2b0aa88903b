from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lianfang.people.importing import Table


class ImportForm(forms.Form):
    table = forms.ChoiceField(label=_("导入到"), choices=Table.choices)
    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("Excel(xlsx)或 CSV;列的顺序不限,第一行(或前 10 行之一)写列名。"),
        validators=[FileExtensionValidator(["xlsx", "xls", "csv", "tsv", "txt"])],
    )

    def __init__(self, tables: Collection[str], *args: Any, **options: Any) -> None:
        """`tables` are those that the officer may import."""
        super().__init__(*args, **options)
        choices = [(value, label) for value, label in Table.choices if value in tables]
        self.fields["table"].choices = choices  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.INTAKE_MAX_BYTES:
            raise ValidationError(
                _("文件有 %(size)s,最大可用 %(most)s。")
                % {"size": filesizeformat(file.size), "most": filesizeformat(settings.INTAKE_MAX_BYTES)},
                code="too_large",
            )
        return file
