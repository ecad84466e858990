"""One file a question. What a program as a whole answers is registered here, in asking order.

Near, schedule, mode and start are answered by each track (`matching/track_questions.py`), since a person
attends a track, not a program.
"""

from directory.matching.criteria.age import Age
from directory.matching.criteria.conditions import Conditions
from directory.matching.criteria.focus import Focus
from directory.matching.criteria.languages import Languages
from directory.matching.criteria.level_of_care import LevelOfCare
from directory.matching.criteria.payer import Payer
from directory.matching.criteria.populations import Populations
from directory.matching.criteria.services import Services
from directory.matching.criterion import Criterion

CRITERIA: tuple[Criterion, ...] = (
    LevelOfCare(),
    Focus(),
    Conditions(),
    Services(),
    Payer(),
    Age(),
    Populations(),
    Languages(),
)
