"""Addresses of the surveys' room."""

from django.urls import path

from . import views

urlpatterns = [path("permohonan/<str:number>/survei/", views.survey, name="survey")]
