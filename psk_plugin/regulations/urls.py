"""Addresses of the public register."""

from django.urls import path

from . import views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/unduh.csv", views.register_csv, name="register_csv"),
    path("register/<int:pk>/", views.register_detail, name="register_detail"),
    path("api/v1/register/", views.register_api, name="register_api"),
]
