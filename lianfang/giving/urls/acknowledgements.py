from django.urls import path

from lianfang.giving.views import acknowledgements as views

urlpatterns = [
    path("acknowledgements/", views.acknowledgements, name="acknowledgements"),
    path("acknowledgements/<uuid:pk>/", views.acknowledgement, name="acknowledgement"),
    path("acknowledgements/<uuid:pk>/paper.pdf", views.paper, name="acknowledgement_paper"),
    path("acknowledgements/<uuid:pk>/withdraw/", views.withdraw, name="withdraw_acknowledgement"),
    path("donations/<uuid:donation>/thank/<slug:kind>/", views.issue, name="issue_acknowledgement"),
]
