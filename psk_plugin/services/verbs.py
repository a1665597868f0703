"""What is done with a whole service: published, taken back, copied. Each leaves a row in its history."""

import json
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from .forms import MAX_CODE, free_code
from .models import Service, Stage


@transaction.atomic
def publish(service: Service, user: Any, *, visible: bool) -> bool:
    """Show the service to the public, or take it back; `False` where it is so already. Running work goes on."""
    locked = Service.objects.select_for_update().get(pk=service.pk)
    if locked.is_published == visible:
        return False
    locked.is_published = visible
    locked._change_reason = _("Shown to the public") if visible else _("Taken back from the public")
    locked._history_user = user
    locked.save()
    return True


@transaction.atomic
def copy(service: Service, user: Any) -> Service:
    """A new service with everything that `service` has as saved, a code of its own, not published."""
    data = json.loads(service.to_json())
    data["pk"] = None
    for rows in data.values():
        if isinstance(rows, list):
            for row in rows:
                row["pk"] = None
    taken = set(Service.objects.values_list("code", flat=True))
    data["code"] = free_code(service.code[: MAX_CODE - 7] + "-salinan", taken)
    data["title"] = (_("%s (copy)") % service.title)[:150]
    data["is_published"] = False
    data.pop("stages", None)
    made = Service.from_serializable_data(data)
    made._change_reason = _("Copied from “%s”") % service.title
    made._history_user = user
    made.save()
    for stage in service.stages.all():
        columns = [field.attname for field in Stage._meta.concrete_fields if field.name not in ("id", "service")]
        twin = Stage(service=made, **{name: getattr(stage, name) for name in columns})
        twin.groups = list(stage.groups.all())
        twin.save()
    return Service.objects.get(pk=made.pk)
