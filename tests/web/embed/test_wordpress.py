"""The WordPress plugin: what its shortcode writes, where PHP is at hand; its checksum everywhere."""

import json
import re
import shutil
import subprocess

import pytest

from directory.accounts.choices import KEYS
from tests.house.files import ROOT

PLUGIN = ROOT / "integrations" / "wordpress" / "stepwise-finder" / "stepwise-finder.php"
TEXT = PLUGIN.read_text(encoding="utf-8")
RELEASED = json.loads((ROOT / "integrations/widget/released.json").read_text(encoding="utf-8"))
HOME, KEY = "https://stepwise.example", "pk_0123456789abcdef0123"
SET = {"stepwise_home": HOME + "/", "stepwise_key": KEY}


def write(given, options=SET):
    """What the shortcode writes, its script tag at the end."""
    php = shutil.which("php")
    if php is None:
        pytest.skip("php is not installed (apt-get install php-cli): the plugin is not run")
    asked = json.dumps({"given": given, "options": options})
    stands = ROOT / "tests" / "web" / "embed" / "plugin.php"
    command = [php, "-d", "error_reporting=-1", "-d", "display_errors=stderr", stands, PLUGIN]
    run = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    return run.stdout


def test_the_plugin_holds_the_checksum_of_a_released_script_and_every_choice():
    version = re.search(r"STEPWISE_VERSION = '([\d.]+)'", TEXT)[1]
    assert re.search(r"STEPWISE_INTEGRITY = '([^']+)'", TEXT)[1] == RELEASED[f"v{version}.js"]
    named = re.search(r"STEPWISE_WISHES = \[(.*?)\]", TEXT, re.DOTALL)[1]
    assert set(re.findall(r"'([\w-]+)'", named)) == {*KEYS, "label"}


def test_a_shortcode_writes_the_element_and_its_script():
    html = write({"place": "Pasadena, CA", "accent_dark": "#eba9cf", "scheme": "dark"})
    element, script = html.split("<script")
    assert element.startswith(f'<iop-finder key="{KEY}" ')
    for said in ('place="Pasadena, CA"', 'accent-dark="#eba9cf"', 'scheme="dark"'):
        assert said in element
    assert (
        f'<a href="{HOME}/" referrerpolicy="no-referrer">Find an intensive outpatient program</a>'
        in element
    )
    assert f'src="{HOME}/widget/v1.0.0.js" integrity="{RELEASED["v1.0.0.js"]}"' in script
    assert 'type="module"' in script
    assert 'referrerpolicy="no-referrer"' in script


def test_a_site_without_scripts_gets_the_bare_frame():
    html = write({"script": "no", "lang": "es", "count": "3"})
    assert html.startswith(f'<iframe src="{HOME}/es/widget/{KEY}?count=3" ')
    assert 'sandbox="allow-forms allow-popups allow-popups-to-escape-sandbox allow-scripts"' in html
    assert "<script" not in html


def test_without_a_key_there_is_the_link_and_without_an_address_nothing():
    assert write("", {"stepwise_home": HOME}).startswith(
        f'<a href="{HOME}/" referrerpolicy="no-referrer">'
    )
    assert write({"key": "pk_x"}).startswith("<a ")
    for home in ("", "javascript:alert(1)", "http://stepwise.example", "https://a b"):
        assert write("", {"stepwise_home": home, "stepwise_key": KEY}) == ""


def test_hostile_attributes_stay_text():
    hostile = '"><script>alert(1)</script>'
    html = write({"place": hostile, "link": hostile, "onclick": "alert(1)", "label": hostile})
    assert "<script>" not in html
    assert "onclick" not in html
