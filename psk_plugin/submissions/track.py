"""Where an application stands, in the company's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Status, Submission


@dataclass(frozen=True)
class Station:
    title: str
    state: str  # "done", "current", "waiting"


def track_of(submission: Submission) -> list[Station]:
    """The public stages in order; neighbours with the same public title are one station."""
    stations: list[Station] = [Station(_("Filed"), "done")]
    ids = [stage["id"] for stage in submission.route]
    here = ids.index(submission.stage_id) if submission.stage_id in ids else -1
    is_over = submission.status == Status.ISSUED
    for position, stage in enumerate(submission.route):
        if is_over or position < here:
            state = "done"
        elif position == here and not submission.is_final:
            state = "current"
        else:
            state = "waiting"
        last = stations[-1]
        if last.title == stage["public_title"]:
            states = {last.state, state}
            merged = "current" if "current" in states or states == {"done", "waiting"} else state
            stations[-1] = Station(last.title, merged)
        else:
            stations.append(Station(stage["public_title"], state))
    last_title = submission.definition.get("outcome") or _("Decree issued")
    stations.append(Station(last_title, "done" if is_over else "waiting"))
    return stations


def whose_turn(submission: Submission) -> str:
    """Who has to act now, as a sentence."""
    match submission.status:
        case Status.DRAFT:
            return _("Not filed yet. It is your turn.")
        case Status.RETURNED:
            return _("It is your turn: please repair what the office asks for.")
        case Status.IN_REVIEW:
            return _("It is the office's turn. You need do nothing.")
        case Status.ISSUED if not submission.makes_regulation:
            return _("Finished. The document can be downloaded.")
        case Status.ISSUED:
            return _("Finished. The decree can be downloaded.")
        case Status.REJECTED:
            return _("Closed. The reason stands in the history.")
        case Status.WITHDRAWN:
            return _("Closed at the company's own request.")
        case _:
            return _("Closed because the time for repair is over. You can apply again.")
