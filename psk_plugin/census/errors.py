"""Why something was not done."""


class Refused(Exception):
    """Nothing has changed; `str(error)` says to the person why and what to do."""


class Overtaken(Exception):
    """What was checked is no longer so: the rows must be checked again. `str(error)` says what changed."""


class Lost(Exception):
    """Another run has taken the batch over; this one must write nothing more."""
