"""The plugin installs into a site nobody here wrote, works there, and leaves it working."""

import pytest

from .bolt_on import SITES, whole_story

pytestmark = pytest.mark.bolting


@pytest.mark.parametrize("kind", SITES)
def test_built_wheel_is_bolted_onto_a_site_works_there_and_is_taken_out_again(kind, tmp_path):
    whole_story(kind, tmp_path)
