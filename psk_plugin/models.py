"""Gathers the rooms' models for Django."""

from .campaigns.models import *  # noqa: F403
from .census.models import *  # noqa: F403
from .companies.claim_models import *  # noqa: F403
from .companies.kbli import KBLICode  # noqa: F401
from .companies.merge_models import *  # noqa: F403
from .companies.models import *  # noqa: F403
from .decrees.models import *  # noqa: F403
from .helpdesk.models import *  # noqa: F403
from .laws.models import *  # noqa: F403
from .meetings.models import *  # noqa: F403
from .norms.models import *  # noqa: F403
from .office.models import *  # noqa: F403
from .outreach.digest_models import *  # noqa: F403
from .outreach.models import *  # noqa: F403
from .records.models import *  # noqa: F403
from .regulations.models import *  # noqa: F403
from .reminders.models import *  # noqa: F403
from .reports.models import *  # noqa: F403
from .review.models import *  # noqa: F403
from .services.models import *  # noqa: F403
from .services.pages import ServiceFormPage  # noqa: F401
from .signs.models import *  # noqa: F403
from .submissions.models import *  # noqa: F403
from .submissions.union_models import *  # noqa: F403
from .surveys.models import *  # noqa: F403
from .talk.models import *  # noqa: F403
