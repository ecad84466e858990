"""What gunicorn serves in the journeys: the app as it is, a clock that stands, and one page that breaks."""

from directory.app import create_app
from tests.conftest import frozen
from tests.support.patience import be_patient

app = create_app(clock=frozen)
be_patient(app)


@app.get("/broken/<word>")
def broken(word: str) -> str:
    """A fault of ours, with what somebody typed in its message."""
    raise RuntimeError(word)
