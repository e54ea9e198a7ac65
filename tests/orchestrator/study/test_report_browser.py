"""A study's page in a real browser, at full size. Needs Chromium on the PATH."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from orchestrator.report.study import write_study_report
from tests.orchestrator.study.synthetic import synthetic

pytestmark = pytest.mark.extras
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def browse(page: Path, profile: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    """Open a file with nothing of an earlier visit, and its console on stderr."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("There is no Chromium on the PATH: apt-get install chromium.")
    logging = ("--enable-logging=stderr", f"--user-data-dir={profile}", "--disable-component-update", "--disable-sync")
    command = [browser, *QUIET, *logging, *asked, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def test_two_thousand_audits_open_without_a_complaint(tmp_path: Path) -> None:
    """The browser's own parser finds every function, and its policy refuses nothing of ours."""
    study = synthetic(tmp_path / "study", functions=100)
    page = write_study_report(study.path)
    seen = browse(page, tmp_path / "profile", "--dump-dom")

    assert "CONSOLE" not in seen.stderr
    assert len(set(re.findall(r'href="([0-9a-f]{16})/report\.html"', seen.stdout))) == 2000
    assert seen.stdout.count("<svg") > 3
