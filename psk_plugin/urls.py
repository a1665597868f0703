"""The plugin's own pages. Mount anywhere: `path("psk/", include("psk_plugin.urls"))`."""

from django.urls import path

from .companies.urls import urlpatterns as companies
from .decrees.urls import urlpatterns as decrees
from .health import health
from .helpdesk.urls import urlpatterns as helpdesk
from .laws.urls import urlpatterns as laws
from .meetings.urls import urlpatterns as meetings
from .regulations.urls import urlpatterns as regulations
from .services.urls import urlpatterns as services
from .submissions.urls import urlpatterns as submissions
from .surveys.urls import urlpatterns as surveys
from .talk.urls import urlpatterns as talk

app_name = "psk"

urlpatterns = [
    path("health/", health, name="health"),
    *companies,
    *services,
    *talk,
    *submissions,
    *surveys,
    *decrees,
    *regulations,
    *laws,
    *helpdesk,
    *meetings,
]
