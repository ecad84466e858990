"""Debian's nginx with the file that ships, on ports and in folders of its own."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import NOW, ROOT

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CONFIG = ROOT / "deploy" / "nginx" / "stepwise.conf"
# What nginx-common makes below /var, and nothing else: nginx itself makes one folder, not those above it.
MADE_BY_DEBIAN = ("lib/nginx", "log/nginx")
LOG = "var/log/nginx/stepwise.log"
Written = Callable[[Path, Sequence[int], int, int], str]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def certify(folder: Path) -> None:
    """A certificate that nobody signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "stepwise.example")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - timedelta(days=1000))
        .not_valid_after(NOW + timedelta(days=10000))
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, pkcs8, plain))
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))


def configured(folder: Path, behind: Sequence[int], plain: int, tls: int) -> str:
    """The file that ships, with ports and folders of its own, before servers at these ports."""
    text = CONFIG.read_text(encoding="utf-8")
    text = re.sub(r" *listen \[::\].*\n", "", text)
    text = text.replace("listen 443", f"listen 127.0.0.1:{tls}").replace(
        "listen 80;", f"listen 127.0.0.1:{plain};"
    )
    one = "    server 127.0.0.1:8000 max_fails=0;\n"
    text = text.replace(one, "".join(one.replace("8000", str(port)) for port in behind))
    text = text.replace("/etc/stepwise/tls", str(folder)).replace(" /var/", f" {folder}/var/")
    text = text.replace("/usr/share/stepwise", str(CONFIG.parent))
    own = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/main.log;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\n{own}{text}}}\n"
    )


def in_the_open(folder: Path, behind: Sequence[int], plain: int, tls: int) -> str:
    """The same without TLS at its second port."""
    text = configured(folder, behind, plain, tls)
    return text.replace(f"listen 127.0.0.1:{tls} ssl http2;", f"listen 127.0.0.1:{tls};")


def start_nginx(
    folder: Path, behind: Sequence[int], written: Written = configured
) -> tuple["subprocess.Popen[bytes]", int, int]:
    """On two ports that are free; another two if somebody was faster."""
    for made in MADE_BY_DEBIAN:
        (folder / "var" / made).mkdir(parents=True, exist_ok=True)
    for _ in range(5):
        plain, tls = free_port(), free_port()
        if plain == tls:
            continue
        file = folder / "nginx.conf"
        file.write_text(written(folder, behind, plain, tls))
        command = [NGINX, "-p", folder, "-e", folder / "main.log", "-c", file]
        tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert tested.returncode == 0, tested.stderr
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while running.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", tls), 5).close()
                return running, plain, tls
            except OSError:
                time.sleep(0.05)
    raise AssertionError((folder / "main.log").read_text())
