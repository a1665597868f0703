"""What this site changes in the Wagtail admin: its first page and its help."""

from wagtail import hooks
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel

from .panels import DraftsPanel, MySentPanel, ToApprovePanel, WaysPanel

#: Wagtail's panels that ours stand in for.
REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
#: Links of the help menu that lead to pages in English; whoever runs the site still has them.
ENGLISH_HELP = ("editor-guide", "whats-new-in-wagtail")


@hooks.register("construct_homepage_panels", order=10)
def what_to_do_with_pages(request, panels) -> None:
    panels[:] = [panel for panel in panels if not isinstance(panel, REPLACED)]
    ours = (make(request) for make in (ToApprovePanel, MySentPanel, DraftsPanel, WaysPanel))
    panels += [panel for panel in ours if panel.is_shown()]


@hooks.register("construct_help_menu")
def no_help_in_english(request, items) -> None:
    if not request.user.is_superuser:
        items[:] = [item for item in items if not item.name.startswith(ENGLISH_HELP)]
