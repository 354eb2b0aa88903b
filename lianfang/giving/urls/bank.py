from django.urls import path

from lianfang.giving.views import bank

urlpatterns = [
    path("bank/", bank.statements, name="bank_statements"),
    path("bank/new/", bank.upload, name="bank_upload"),
    path("bank/unmatched/", bank.unmatched, name="bank_unmatched"),
    path("bank/columns/<uuid:pk>/", bank.columns, name="bank_columns"),
    path("bank/line/<uuid:pk>/<slug:verb>/", bank.decide, name="decide_line"),
    path("bank/<uuid:pk>/sure/", bank.confirm_sure, name="bank_confirm_sure"),
    path("bank/<uuid:pk>/", bank.statement, name="bank_statement"),
]
