from django.urls import path

from lianfang.giving.views import donations, figures, ledger, overlaps

urlpatterns = [
    path("donations/", ledger.gifts, name="ledger"),
    path("donations/new/", donations.new_donation, name="new_donation"),
    path("donations/<uuid:pk>/", donations.donation, name="donation"),
    path("donations/<uuid:pk>/correct/", donations.correct, name="correct_donation"),
    path("donations/<uuid:pk>/step/", donations.step, name="donation_step"),
    path("donations/step/<uuid:pk>/take-back/", donations.take_back_step, name="take_back_step"),
    path("donations/<uuid:pk>/withdraw/", donations.withdraw, name="withdraw_donation"),
    path("donations/<uuid:pk>/receipt/", donations.receipt, name="issue_receipt"),
    path("overlaps/", overlaps.pairs, name="overlaps"),
    path("overlaps/<uuid:pk>/<slug:verb>/", overlaps.decide, name="decide_overlap"),
    path("figures/", figures.figures, name="figures"),
    path("statements/", figures.statements, name="statements"),
    path("statements/<uuid:pk>/coverage/", figures.coverage, name="statement_coverage"),
    path("receipts/", figures.receipts, name="receipts"),
    path("receipts/<uuid:pk>/void/", figures.void, name="void_receipt"),
]
