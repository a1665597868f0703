"""Every block of the plugin, gathered for the StreamField of a host site's pages.

    body = StreamField([*my_blocks, *psk_blocks()])

A room adds its blocks by one line here. A block only points at rows: deleting a page deletes nothing else.
"""

from wagtail import blocks

from .helpdesk.blocks import TicketFormBlock
from .laws.blocks import LegalSourcesBlock
from .meetings.blocks import meeting_blocks
from .regulations.blocks import RegisterSearchBlock
from .services.blocks import service_blocks
from .submissions.blocks import ServiceFiguresBlock
from .surveys.blocks import SatisfactionBlock


def psk_blocks() -> list[tuple[str, blocks.Block]]:
    """(name, block) pairs of every room."""
    return [
        *service_blocks(),
        ("legal_sources", LegalSourcesBlock()),
        ("register_search", RegisterSearchBlock()),
        ("ticket_form", TicketFormBlock()),
        *meeting_blocks(),
        ("service_figures", ServiceFiguresBlock()),
        ("satisfaction_index", SatisfactionBlock()),
    ]
