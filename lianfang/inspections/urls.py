"""The addresses of the inspections."""

from django.urls import include, path

from lianfang.inspections.views import checklists, findings, inspections, orders, photos, visits

app_name = "inspections"
_inside = [
    path("", inspections.inspections, name="inspections"),
    path("new/", inspections.begin, name="begin"),
    path("new/<uuid:place>/", inspections.record, name="record"),
    path("ledger/", findings.ledger, name="ledger"),
    path("statistics/", inspections.statistics, name="statistics"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<uuid:pk>/", orders.order, name="order"),
    path("orders/<uuid:pk>/paper.<slug:form>", orders.order_paper, name="order_paper"),
    path("checklists/", checklists.checklists, name="checklists"),
    path("checklists/new/", checklists.checklist_new, name="checklist_new"),
    path("checklists/<uuid:pk>/", checklists.checklist, name="checklist"),
    path("visits/", visits.visits, name="visits"),
    path("visits/new/", visits.visit_new, name="visit_new"),
    path("findings/<uuid:pk>/", findings.finding, name="finding"),
    path("findings/<uuid:pk>/order/", orders.order_new, name="order_new"),
    path("walk/<uuid:place>/", inspections.walk, name="walk"),
    path("walk/<uuid:place>/paper.<slug:form>", inspections.walk_paper, name="walk_paper"),
    path("photos/<uuid:pk>.jpg", photos.photo, name="photo"),
    path("<uuid:pk>/", inspections.inspection, name="inspection"),
]
urlpatterns = [path("inspections/", include(_inside))]
