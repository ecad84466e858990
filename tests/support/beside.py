"""Files that tests read and the project may not hold: others' standards, whole public lists.

They lie in a folder `shared` beside the project or one folder further up; CONTRIBUTING.md says which and where
from. A test of them is skipped, with its reason, where they are not.
"""

from pathlib import Path

import pytest

from tests.house.files import ROOT


def beside(*parts: str) -> Path:
    """Where such a file would lie; whether or not it is there."""
    above = (up / "shared" for up in (ROOT.parent, ROOT.parent.parent))
    return next((path for path in above if path.is_dir()), ROOT.parent / "shared").joinpath(*parts)


def only_with(path: Path, what: str) -> pytest.MarkDecorator:
    """The mark of a test that needs it."""
    return pytest.mark.skipif(not path.exists(), reason=f"{what}: not here (CONTRIBUTING.md)")
