from django.urls import path

from . import views

urlpatterns = [
    path("sosialisasi/", views.meeting_list, name="meeting_list"),
    path("sosialisasi/pendaftaran/<str:token>/", views.registration, name="registration"),
    path("sosialisasi/pendaftaran/<str:token>/batal/", views.registration_cancel, name="registration_cancel"),
    path("sosialisasi/pendaftaran/<str:token>/agenda.ics", views.registration_ics, name="registration_ics"),
    path("sosialisasi/<str:slug>/", views.meeting, name="meeting"),
    path("sosialisasi/<str:slug>/daftar/", views.meeting_register, name="meeting_register"),
    path("sosialisasi/<str:slug>/agenda.ics", views.meeting_ics, name="meeting_ics"),
]
