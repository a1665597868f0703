"""Addresses of the public register."""

from django.urls import path

from . import views

urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/unduh.csv", views.register_file, {"ending": "csv"}, name="register_csv"),
    path("register/unduh.xlsx", views.register_file, {"ending": "xlsx"}, name="register_xlsx"),
    path("register/perusahaan/<int:pk>/", views.register_company, name="register_company"),
    path("register/<int:pk>/", views.register_detail, name="register_detail"),
    path("api/v1/register/", views.register_api, name="register_api"),
    path("api/v1/openapi.json", views.register_openapi, name="register_openapi"),
]
