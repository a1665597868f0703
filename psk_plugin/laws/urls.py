"""Addresses of the library of legal sources."""

from django.urls import path

from . import views

urlpatterns = [
    path("dasar-hukum/", views.law_list, name="law_list"),
    path("dasar-hukum/<slug:code>/", views.law_detail, name="law_detail"),
]
