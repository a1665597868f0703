"""What upper rooms hold against a step: asked by `lifecycle.perform` under the lock, before anything is written.

A guard takes the application and the action's code and gives a sentence that says what stands against it, or `None`.
"""

from collections.abc import Callable

from .models import Submission

Guard = Callable[[Submission, str], str | None]
_guards: list[Guard] = []


def guard(function: Guard) -> Guard:
    """Register a guard, once, when the room's receivers are imported."""
    if function not in _guards:
        _guards.append(function)
    return function


def objection(submission: Submission, action: str) -> str | None:
    """The first sentence that a guard holds against the step."""
    return next((sentence for check in _guards if (sentence := check(submission, action))), None)
