"""Who may do what with the site's content, and who agrees to announcements and guides before they are published.

Editors write everything. What they publish themselves are the calm pages; announcements, guides, the front page and new
sections go to the head of the division (or whoever else is in the approvers' group) first.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from psk_plugin.roles import ADMINISTRATOR, KABID, ensure_groups
from psk_plugin.services.loader import COLLECTION as TEMPLATES_COLLECTION

from . import models

EDITOR = "Editor Situs"
APPROVER = "Penyetuju Konten"
WORKFLOW = "Persetujuan Kepala Bidang"
TASK = "Kepala Bidang menyetujui"
#: Where the site's pictures and documents are kept.
COLLECTION = "Situs"

#: Page types whose pages are agreed to before they are published.
MODERATED = (models.HomePage, models.AnnouncementIndexPage, models.GuideIndexPage)

EDITOR_MODELS = (
    "access_admin",
    "change_officesettings",
    *(f"{verb}_announcementcategory" for verb in ("add", "change", "view")),
)


@transaction.atomic
def ensure_moderation(home: models.HomePage) -> Workflow:
    """Make groups, permissions and the workflow where they are missing. Safe to run again: takes nothing away that an
    administrator gave, and leaves a section alone that an administrator gave another workflow.
    """
    editors, approvers = (Group.objects.get_or_create(name=name)[0] for name in (EDITOR, APPROVER))
    site_permissions = Permission.objects.filter(
        codename__in=EDITOR_MODELS, content_type__app_label__in=("wagtailadmin", "home")
    )
    editors.permissions.add(*site_permissions)
    approvers.permissions.add(Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"))
    _allow_pages(home, editors, approvers)
    _allow_files(editors, approvers)
    office = ensure_groups()
    # Who looks after the settings of the plugin looks after those of the site as well.
    office[ADMINISTRATOR].permissions.add(
        Permission.objects.get(codename="change_officesettings", content_type__app_label="home")
    )
    return _ensure_workflow([approvers, office[KABID]], home)


def moderated_pages(home: models.HomePage) -> list[Page]:
    """The front page and the sections whose pages need an approver."""
    below = Page.objects.descendant_of(home, inclusive=True)
    return [page for page in below.type(*MODERATED) if page.depth <= home.depth + 1]


def _grant(group: Group, page: Page, *codenames: str) -> None:
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def _allow_pages(home: models.HomePage, editors: Group, approvers: Group) -> None:
    """Editors write everywhere and publish outside the moderated sections; approvers publish inside them."""
    _grant(editors, home, "add_page", "change_page")
    moderated = {page.pk for page in moderated_pages(home)}
    for section in home.get_children().exclude(pk__in=moderated):
        _grant(editors, section, "publish_page")
    for section in moderated_pages(home):
        _grant(approvers, section, "change_page", "publish_page")


def site_collection() -> Collection:
    """The collection of the site's pictures and documents, made if missing."""
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)


def _allow_files(editors: Group, approvers: Group) -> None:
    """Editors add, change and choose files of the site, and choose among the services' templates; approvers choose."""
    own = site_collection()
    every = {own: ("add", "change", "choose")}
    if templates := Collection.objects.filter(name=TEMPLATES_COLLECTION).first():
        every[templates] = ("choose",)
    for kind, label in (("image", "wagtailimages"), ("document", "wagtaildocs")):
        for collection, verbs in every.items():
            for verb in verbs:
                permission = Permission.objects.get(content_type__app_label=label, codename=f"{verb}_{kind}")
                GroupCollectionPermission.objects.get_or_create(
                    group=editors, collection=collection, permission=permission
                )
        choose = Permission.objects.get(content_type__app_label=label, codename=f"choose_{kind}")
        GroupCollectionPermission.objects.get_or_create(group=approvers, collection=own, permission=choose)


def _ensure_workflow(groups: list[Group], home: models.HomePage) -> Workflow:
    task = GroupApprovalTask.objects.filter(name=TASK).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=TASK)
        task.groups.set(groups)
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    for page in moderated_pages(home):
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    return workflow
