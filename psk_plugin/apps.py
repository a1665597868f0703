"""The one Django app; its rooms are folders, not apps."""

from importlib import import_module

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

#: Apps whose models or templates the plugin uses.
NEEDED_APPS = ("wagtail_modeladmin", "simple_history", "allauth", "allauth.account", "wagtail.contrib.settings")
#: Rows written at every step of an application. Where they have a list in the admin, Wagtail would look each of them
#: through for references to pages and pictures at every save; there are none that anybody asks for.
WITHOUT_REFERENCES = {
    *("Submission", "SubmissionDocument", "Movement", "Event", "RepairNotice", "Finding", "Wording"),
    *("Company", "Union", "Branch", "Membership", "Mail", "Decree", "CompanyRegulation"),
    *("Thread", "Message", "Reading", "Mention", "Digest", "Report"),
    *("Campaign", "Addressee", "SignMark", "CompanyMerge", "Claim"),
}
#: Rooms that hang rows on a company or its regulations; how these move when two companies are merged stands in their
#: `movers`.
ROOMS_WITH_MOVERS = (
    *("companies", "regulations", "census", "submissions", "decrees", "reminders", "meetings", "helpdesk", "signs"),
    "campaigns",
)


class PSKConfig(AppConfig):
    name = "psk_plugin"
    label = "psk_plugin"
    verbose_name = _("Working conditions (PSK)")
    default_auto_field = "django.db.models.BigAutoField"

    def import_models(self) -> None:
        # Earlier than any system check can run: without these apps our own models do not load.
        if missing := [name for name in NEEDED_APPS if not apps.is_installed(name)]:
            names = ", ".join(f'"{name}"' for name in missing)
            raise ImproperlyConfigured(f"psk_plugin needs more apps. Add to INSTALLED_APPS: {names}.")
        super().import_models()
        for model in self.models.values():
            if model.__name__ in WITHOUT_REFERENCES:
                model.wagtail_reference_index_ignore = True

    def ready(self) -> None:
        # Upper rooms listen to what happens below them; importing them is what hangs them up.
        from . import checks  # noqa: F401
        from .campaigns import told as campaign_told  # noqa: F401
        from .decrees import receivers as decree_receivers  # noqa: F401
        from .decrees import told as decree_told  # noqa: F401
        from .helpdesk import receivers as helpdesk_receivers  # noqa: F401
        from .outreach import receivers as outreach_receivers  # noqa: F401
        from .outreach import told as outreach_told  # noqa: F401
        from .regulations import receivers as regulation_receivers  # noqa: F401
        from .review import receivers as review_receivers  # noqa: F401
        from .submissions import receivers as submission_receivers  # noqa: F401

        for room in ROOMS_WITH_MOVERS:
            import_module(f".{room}.movers", __package__)
