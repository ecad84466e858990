"""Programs that somebody keeps to compare: they stand in addresses (`p`, repeated) and nowhere else."""

from werkzeug.datastructures import MultiDict

MOST_READ = 20


def kept_programs(sent: MultiDict[str, str]) -> list[str]:
    """The addresses of programs that a query or a form carries along, each once, in their order."""
    return list(dict.fromkeys(sent.getlist("p")))[:MOST_READ]
