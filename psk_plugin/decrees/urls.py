"""Addresses at which anyone checks a decree."""

from django.urls import path

from . import views

urlpatterns = [
    path("verifikasi/", views.decree_check, name="decree_check"),
    path("verifikasi/<str:code>/", views.decree_check, name="decree_verify"),
]
