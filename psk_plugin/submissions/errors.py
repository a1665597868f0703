"""Why a step was refused, as a sentence for the person who tried."""


class LifecycleError(Exception):
    """Nothing has changed; `str(error)` says why and what to do."""


class Forbidden(LifecycleError):
    """Not this person."""


class Impossible(LifecycleError):
    """Not in this state, or something is missing."""


class Stale(Impossible):
    """Someone else was faster."""


class Incomplete(Impossible):
    """The form has gaps. `problems` maps field or document codes to sentences."""

    def __init__(self, message: str, problems: dict[str, str]) -> None:
        super().__init__(message)
        self.problems = problems
