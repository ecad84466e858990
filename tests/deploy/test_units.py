"""The units are what systemd understands, and shut in; images get what the product needs and no more."""

import configparser
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from directory.cli import COMMANDS
from directory.config import PREFIX, Config, read_config
from directory.errors import BadSetting
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [path for path in UNITS if path.suffix == ".service"]
SHUT_IN = (
    "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "RestrictNamespaces", "LockPersonality",
    "MemoryDenyWriteExecute", "ProtectKernelModules", "ProtectControlGroups",
)  # fmt: skip


def unit(path):
    """A unit's sections; of settings given twice the last."""
    read = configparser.ConfigParser(strict=False, interpolation=None, delimiters="=")
    read.optionxform = str
    read.read(path, encoding="utf-8")
    return read


def analyzed(*arguments):
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("systemd is not installed (apt-get install systemd): its own check is left out")
    return subprocess.run([tool, *arguments], capture_output=True, text=True)


def test_systemd_understands_every_unit(tmp_path):
    for path in UNITS:
        text = path.read_text(encoding="utf-8").replace(
            "/opt/stepwise/current/.venv/bin/python", sys.executable
        )
        text = text.replace("/opt/stepwise/current/.venv/bin/gunicorn", sys.executable)
        (tmp_path / path.name).write_text(text)
    done = analyzed("verify", "--man=no", *(str(tmp_path / path.name) for path in UNITS))
    ours = [line for line in done.stderr.splitlines() if "stepwise" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_is_shut_in(path):
    """systemd counts exposure from 0.0 to 10.0; 2.0 and more is refused here."""
    service = unit(path)["Service"]
    assert {name: service.get(name) for name in SHUT_IN} == dict.fromkeys(SHUT_IN, "yes")
    assert (service["User"], service["ProtectSystem"]) == ("stepwise", "strict")
    assert (service["CapabilityBoundingSet"], service["LimitCORE"]) == ("", "0")
    done = analyzed("security", "--offline=true", "--threshold=20", str(path))
    assert done.returncode == 0, done.stdout


def test_each_timer_has_its_service_and_each_service_a_command_that_exists():
    names = {name for name, *_ in COMMANDS}
    for path in UNITS:
        if path.suffix == ".timer":
            assert path.with_suffix(".service") in SERVICES
            service = unit(path.with_suffix(".service"))["Service"]
            assert service["Type"] == "oneshot"
            found = re.search(r"-m directory (\S+)", service["ExecStart"])
            assert found
            assert found[1] in names


def test_the_service_stands_behind_its_socket_so_that_a_restart_refuses_nobody():
    service = unit(DEPLOY / "systemd" / "stepwise.service")
    assert service["Unit"]["Requires"] == "stepwise.socket"
    assert (service["Service"]["Type"], service["Service"]["KillMode"]) == ("notify", "mixed")
    socket = unit(DEPLOY / "systemd" / "stepwise.socket")["Socket"]
    assert socket["ListenStream"] in (DEPLOY / "nginx" / "stepwise.conf").read_text("utf-8")


def test_what_is_run_by_hand_on_day_one_keeps_home_as_the_units_do():
    """Without these the first command would make a home that everybody on the machine may read."""
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"systemd-run (.*?) \.venv/bin/python", told, re.DOTALL)
    given = dict(one.split("=", 1) for one in re.findall(r"-p (\S+)", line))
    assert given.keys() >= {"User", "StateDirectory", "StateDirectoryMode", "UMask"}
    for path in SERVICES:
        service = unit(path)["Service"]
        assert {name: service.get(name) for name in given} == given


def test_whoever_publishes_may_write_the_folder_that_nodes_share():
    told = (ROOT / "docs" / "nodes.md").read_text(encoding="utf-8")
    for name in ("stepwise", "stepwise-follow", "stepwise-publish"):
        service = unit(DEPLOY / "systemd" / f"{name}.service")["Service"]
        assert service["ReadWritePaths"].startswith("-/srv/")
        assert service["ReadWritePaths"].removeprefix("-") in told


def test_the_settings_to_fill_in_are_refused_until_they_are_filled_in():
    lines = (DEPLOY / "stepwise.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and line[0] != "#")
    with pytest.raises(BadSetting, match="DIRECTORY_SECRET"):
        read_config(given)
    filled = {"SECRET": "0123456789abcdefghijklmnopqrstuvwxyz", "BASE_URL": "https://one.example"}
    config = read_config(given | {f"{PREFIX}{name}": value for name, value in filled.items()})
    assert isinstance(config, Config)
    assert config.production


def test_an_image_holds_what_the_product_needs_and_no_more():
    """Read only: no engine builds it here."""
    text = (DEPLOY / "container" / "Dockerfile").read_text(encoding="utf-8")
    copied = {
        one
        for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
        for one in line.split()
    }
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line[:1] == "!"
    }
    assert copied == allowed
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert "--require-hashes" in text
    last = text.rpartition("FROM ")[2]
    assert re.search(r"^USER 10001", last, re.MULTILINE)
    assert "gunicorn.conf.py" in last
    needed = {"directory", "data", "templates", "static", "translations", "migrations", "wsgi.py"}
    assert needed <= copied
    # What only some settings need cannot be added later: sign-in by OpenID Connect, backups over PostgreSQL.
    assert "requirements-oidc.txt" in copied
    assert "postgresql-client" in last


def test_containers_may_write_their_home_and_gain_nothing():
    """Read only: no engine runs them here."""
    plain = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))
    for service in plain["services"].values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    folder = DEPLOY / "container"
    context = folder / plain["services"]["web"]["build"]["context"]
    assert (context / plain["services"]["web"]["build"]["dockerfile"]).is_file()
    mounted = [one for one in plain["services"]["proxy"]["volumes"] if one.startswith("..")]
    assert mounted
    assert all((folder / one.partition(":")[0]).is_file() for one in mounted)


def test_the_proxy_in_a_container_may_write_each_path_that_its_file_writes():
    plain = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8"))
    writable = [one.partition(":")[0] for one in plain["services"]["proxy"]["tmpfs"]]
    text = (DEPLOY / "nginx" / "stepwise.conf").read_text(encoding="utf-8")
    written = re.findall(r"(?:_path|_log|pid) (/[^\s;]+)", text)
    assert len(written) >= 3
    assert [
        path for path in written if not path.startswith(tuple(f"{one}/" for one in writable))
    ] == []


def test_who_starts_containers_is_told_to_fill_them_first_and_where_settings_lie():
    text = (DEPLOY / "container" / "compose.yaml").read_text(encoding="utf-8")
    header = text.partition("x-stepwise:")[0]
    assert header.index("task setup") < header.index("up -d")
    default = re.search(r"STEPWISE_ENV:-([^}]+)", text)[1]
    assert default in header
    assert default in (DEPLOY / "stepwise.env").read_text(encoding="utf-8")
