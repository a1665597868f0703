import pytest, re
from pathlib import Path
from .world import ROLES, make_world
from . import test_table as tt
pytestmark = pytest.mark.django_db
@pytest.fixture(scope="module")
def world(made_once):
    return made_once(make_world)
def test_fill(world):
    p=Path("/tmp/wt/r6/tests/access/table.py"); out=[]
    for line in p.read_text().splitlines():
        parts=line.split()
        m=re.match(r'^(\S+\s+(GET|POST)\s+.*\s)([a-z]{12})$',line)
        if m:
            name,method,arguments,exp=parts
            tt.ROLES=("complaints","manager")
            two=tt.answers_of(world,name,method,arguments)
            line=m.group(1)+exp[:11]+two+exp[11:]
        out.append(line)
    p.write_text("\n".join(out)+"\n")
