"""Who will be mailed what, before it is done. Rooms that write mails say so here, by the functions that write them."""

from collections.abc import Callable
from dataclasses import dataclass

from ..submissions.models import Submission

#: Not an action of the lifecycle: a message to the company.
MESSAGE = "message"


@dataclass(frozen=True)
class Announced:
    """One letter that an action will send: its subject, whom it reaches, and how it reads now."""

    subject: str
    #: "Name (address)" or the address.
    recipients: tuple[str, ...]
    text: str
    #: When it goes out, where that is not at once.
    when: str = ""


#: Takes the application, the action's code and the person, as everything stands now; gives the letters.
Forecast = Callable[[Submission, str, object], list[Announced]]
_forecasts: list[Forecast] = []


def forecast(function: Forecast) -> Forecast:
    """Register a forecast, once, when the room's receivers are imported."""
    if function not in _forecasts:
        _forecasts.append(function)
    return function


def announced(submission: Submission, action: str, user) -> list[Announced]:
    """Every letter that the action would send now."""
    return [letter for find in _forecasts for letter in find(submission, action, user)]
