from django.urls import path

from lianfang.giving.views import disclosures as views

urlpatterns = [
    path("disclosures/", views.disclosures, name="disclosures"),
    path("disclosures/new/", views.prepare, name="prepare_disclosure"),
    path("disclosures/<uuid:pk>/", views.disclosure, name="disclosure"),
    path("disclosures/<uuid:pk>/change/", views.change, name="change_disclosure"),
    path("disclosures/<uuid:pk>/review/", views.review, name="review_disclosure"),
    path("disclosures/<uuid:pk>/publish/", views.publish, name="publish_disclosure"),
    path("disclosures/<uuid:pk>/discard/", views.discard, name="discard_disclosure"),
    path("disclosures/<uuid:pk>/lines/", views.lines, name="disclosure_lines"),
    path("disclosures/<uuid:pk>/correct/", views.propose, name="propose_correction"),
    path("disclosures/<uuid:pk>/correct/<int:position>/", views.propose, name="propose_line_correction"),
    path("corrections/<uuid:pk>/", views.correction, name="correction"),
]
