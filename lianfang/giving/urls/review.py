from django.urls import path

from lianfang.giving.views import review

urlpatterns = [
    path("review/", review.sources, name="sources"),
    path("review/new/", review.take_in, name="take_in"),
    path("review/<uuid:pk>/", review.source, name="review"),
    path("review/<uuid:pk>/add/", review.add, name="add_mention"),
    path("review/mention/<uuid:pk>/<slug:verb>/", review.decide, name="decide_mention"),
]
