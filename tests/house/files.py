"""The project's own files, read for the house tests."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "directory"
TEMPLATES = ROOT / "templates"
BUILT = {".git", ".venv", "var", "__pycache__", "node_modules"}
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".import_linter_cache")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(folder: Path = PACKAGE) -> list[Path]:
    """Every Python file of a folder."""
    return sorted(folder.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    """A path as people write it."""
    return path.relative_to(ROOT).as_posix()


def functions() -> Iterator[tuple[str, int]]:
    """Every function of the package by place and name, with its lines."""
    for path in modules():
        for one in ast.walk(tree(path)):
            if isinstance(one, Function):
                yield f"{short(path)}:{one.name}", (one.end_lineno or one.lineno) - one.lineno + 1


def project_files() -> list[Path]:
    """Every file of the project that is not built, cached or installed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:  # an unpacked archive
        found = [
            path
            for path in ROOT.rglob("*")
            if not {*BUILT, *CACHES} & set(path.relative_to(ROOT).parts)
        ]
    return sorted(path for path in found if path.is_file())


def text_files() -> Iterator[tuple[Path, str]]:
    """Every project file that is text."""
    for path in project_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
