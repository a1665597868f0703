"""Panels of the admin's first page about the site's own pages. They stand in for Wagtail's own, which ask the database
once more for every page they list, and which know no list of what somebody left as a draft.
"""

from django.db.models import Count as Number
from django.db.models import Exists, IntegerField, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Site, TaskState, WorkflowState
from wagtail.permissions import page_permission_policy

from home.models import AnnouncementIndexPage, AnnouncementPage, GuideIndexPage, GuidePage
from psk_plugin.homekit import MOST, Count, Row, TaskPanel, Work
from psk_plugin.services.models import Service


class PagePanel(TaskPanel):
    """For whoever works on pages at all."""

    def concerns(self, user) -> bool:
        return page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"})


def _edit_url(finder: AdminURLFinder, thing) -> str:
    """Where the thing is edited; a page is not looked up again for it."""
    return (
        reverse("wagtailadmin_pages:edit", args=[thing.pk]) if isinstance(thing, Page) else finder.get_edit_url(thing)
    )


class ToApprovePanel(PagePanel):
    """Pages that wait for the person's approval, the longest waiting first."""

    name = "site_to_approve"
    heading = gettext_lazy("Pages that wait for your approval")
    order = 45

    def find_work(self) -> Work:
        states = TaskState.objects.reviewable_by(self.request.user)
        number = states.count()
        if not number:
            return Work()
        words = ngettext("%d page waits for your approval.", "%d pages wait for your approval.", number) % number
        listing = reverse("wagtailadmin_reports:workflow") + "?reviewable=true"
        shown = states.select_related("revision__user").prefetch_related("revision__content_object")
        finder, rows = AdminURLFinder(self.request.user), []
        for state in shown.order_by("started_at", "pk")[:MOST]:
            thing = state.revision.content_object
            if thing is None:
                continue
            author = state.revision.user
            note = _("sent %s ago") % timesince(state.started_at, depth=1)
            if author:
                note = f"{author.get_full_name() or author.get_username()}, {note}"
            rows.append(Row(state.revision.object_str, _edit_url(finder, thing), note))
        return Work([Count(words, listing, "soon")], rows, listing, _("To all pages that wait"))


class MySentPanel(PagePanel):
    """Pages the person sent for approval: those to repair first, then those that wait."""

    name = "site_my_sent"
    heading = gettext_lazy("Pages you sent for approval")
    order = 46

    def find_work(self) -> Work:
        mine = WorkflowState.objects.active().filter(requested_by=self.request.user)
        shown = mine.select_related("current_task_state__task", "current_task_state__revision")
        shown = shown.prefetch_related("content_object").order_by("-status", "created_at", "pk")
        finder, rows = AdminURLFinder(self.request.user), []
        for state in shown[:MOST]:
            thing, task = state.content_object, state.current_task_state
            if thing is None or task is None:
                continue
            if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
                note = _("Needs changes: %s") % task.comment if task.comment else _("Needs changes")
            else:
                note = _("Waits at: %s") % task.task.name
            rows.append(Row(task.revision.object_str, _edit_url(finder, thing), note))
        if not rows:
            return Work()
        return Work(rows=rows, more_url=reverse("wagtailadmin_reports:workflow"), more_text=_("To all pages under way"))


class DraftsPanel(PagePanel):
    """What the person wrote and nobody sees yet, newest first. What waits for approval stands in another panel."""

    name = "site_drafts"
    heading = gettext_lazy("Your drafts")
    order = 48

    def find_work(self) -> Work:
        user = self.request.user
        under_way = WorkflowState.objects.active().annotate(page_pk=Cast("object_id", IntegerField()))
        # One table for every kind of content: only rows of pages may be compared with a page's key.
        under_way = under_way.filter(base_content_type__app_label="wagtailcore", base_content_type__model="page")
        drafts = (
            Page.objects.filter(has_unpublished_changes=True)
            .filter(Q(latest_revision__user=user) | Q(latest_revision__isnull=True, owner=user))
            .exclude(Exists(under_way.filter(page_pk=OuterRef("pk"))))
        )
        number = drafts.count()
        if not number:
            return Work()
        words = ngettext("%d draft of yours is not published yet.", "%d drafts of yours are not published yet.", number)
        listing = f"{reverse('wagtailadmin_explore_root')}?edited_by={user.pk}"
        rows = []
        for page in drafts.order_by("-latest_revision_created_at", "-pk")[:MOST]:
            note = _("The published page has changes that nobody sees yet") if page.live else _("Never published")
            if page.latest_revision_created_at:
                note += ", " + _("edited %s ago") % timesince(page.latest_revision_created_at, depth=1)
            title = page.draft_title or page.title
            rows.append(Row(title, reverse("wagtailadmin_pages:edit", args=[page.pk]), note))
        return Work([Count(words % number)], rows, listing, _("To all pages you edited"))


class WaysPanel(PagePanel):
    """Where an editor begins when nothing waits: one line for each kind of work that is the person's.

    Not for reviewers: their work waits in the inbox, and this would only stand in its way.
    """

    name = "site_ways"
    heading = gettext_lazy("What you can do here")
    order = 90

    def concerns(self, user) -> bool:
        reviews = user.has_perm("psk_plugin.review_submission") and not user.is_superuser
        return super().concerns(user) and not reviews

    def find_work(self) -> Work:
        user, rows = self.request.user, []
        site = Site.find_for_request(self.request)
        news, guides = AnnouncementIndexPage.objects.first(), GuideIndexPage.objects.first()
        if news and news.permissions_for_user(user).can_add_subpage():
            address = reverse("wagtailadmin_pages:add", args=["home", AnnouncementPage._meta.model_name, news.pk])
            rows.append(Row(_("Write an announcement"), address, _("Title, picture, text, attachments.")))
        if site and site.root_page.permissions_for_user(user).can_edit():
            address = reverse("wagtailadmin_pages:edit", args=[site.root_page_id])
            rows.append(Row(_("Change the front page"), address, _("Title, picture, cards, steps, figures.")))
        if user.has_perm("psk_plugin.change_service"):
            rows.append(Row(_("Services"), reverse("psk_layanan_modeladmin_index"), self._services()))
        if guides and guides.permissions_for_user(user).can_add_subpage():
            number = GuidePage.objects.descendant_of(guides).live().count()
            words = ngettext("%d guide on the site.", "%d guides on the site.", number) % number
            rows.append(Row(_("Guides"), reverse("wagtailadmin_explore", args=[guides.pk]), words))
        if rows and site:
            rows.append(Row(_("See the site"), site.root_page.get_url(self.request) or "/", _("As visitors see it.")))
        return Work(rows=rows)

    @staticmethod
    def _services() -> str:
        found = Service.objects.aggregate(all=Number("pk"), open=Number("pk", filter=Q(is_published=True)))
        words = ngettext("%d open", "%d open", found["open"]) % found["open"]
        if drafts := found["all"] - found["open"]:
            words += ", " + ngettext("%d not published", "%d not published", drafts) % drafts
        return f"{words}."
