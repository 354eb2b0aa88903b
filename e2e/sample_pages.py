"""Pages that only tests open: a chart and a form with every field of the desk."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from lianfang.desk.charts import Chart, ChartKind, Series
from lianfang.desk.fields import AmountField, DayField, MomentField, PickField
from lianfang.people.models import Body

CHART = Chart(
    "三个镇里石桥镇到账最多,3.2万元",
    "镇",
    ["石桥镇", "临河镇", "柳树店镇"],
    [Series("到账", [32_000, 18_000, None]), Series("认捐", [40_000, 18_000, 5_000])],
    "元",
    ChartKind.ACROSS,
)


KINDS = [("cash", "捐款"), ("goods", "捐物")]


class SampleForm(forms.Form):
    body = PickField(Body.objects.all(), known="body", label="捐赠单位")
    amount = AmountField(label="金额")
    day = DayField(label="日期", required=False)
    at = MomentField(label="到账时间", required=False)
    kind = forms.ChoiceField(
        label="类别", choices=[("cash", "捐款"), ("goods", "捐物")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea, help_text="写给以后查账的人")
    sure = forms.BooleanField(label="已核对原件", required=False)


_CHART = """{% extends "web/base.html" %}{% block title %}图{% endblock %}
{% block content %}<h1>图</h1>{% chart chart %}{% endblock %}"""
_FORM = """{% extends "web/base.html" %}{% block title %}表单{% endblock %}
{% block content %}<h1>表单</h1><form method="post">{% csrf_token %}{{ form }}
<p class="buttons"><button class="btn btn-main" data-key="s" data-key-says="保存">保存</button></p></form>
{% if saved %}<p id="saved">{{ saved }}</p>{% endif %}{% endblock %}"""


def chart(request: HttpRequest) -> HttpResponse:
    return _page(_CHART, request, {"chart": CHART})


def form(request: HttpRequest) -> HttpResponse:
    sample = SampleForm(request.POST or None)
    saved = (
        f"{sample.cleaned_data['body']} {sample.cleaned_data['amount'].value}" if sample.is_valid() else ""
    )
    return _page(_FORM, request, {"form": sample, "saved": saved})


def _page(source: str, request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render(context, request))


urlpatterns = [
    path("sample/chart/", chart, name="sample_chart"),
    path("sample/form/", form, name="sample_form"),
    path("", include("lianfang.urls")),
]
