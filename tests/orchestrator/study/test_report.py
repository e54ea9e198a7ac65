"""The page of a study: everything on it, nothing loaded, and agents' words as words."""

import base64
import hashlib
import html
import re
from pathlib import Path

from orchestrator.report.study import MAX_LINKS, render_study, write_study_report
from orchestrator.study.status import status_of
from tests.orchestrator.study.fakes import manifest, run
from tests.orchestrator.study.synthetic import synthetic


def test_the_page_of_2000_audits_shows_every_part_and_a_command_for_each(tmp_path: Path) -> None:
    """Scores, differences, parts, failures with links, cost, functions; each section says what makes it again."""
    synthetic(tmp_path)
    page = write_study_report(tmp_path).read_text()
    sections = re.findall(r'<section id="(\w+)">', page)

    assert sections == ["scores", "differences", "parts", "failures", "cost", "functions", "provenance"]
    assert page.count('class="remake"') >= len(sections) - 1
    assert "2000 of 2000 audits" in page
    assert page.count('<tr><th scope="row">fake@1/') == 100
    assert page.count('/report.html"') >= 2000
    assert f"inquest study status {tmp_path} --json" in page
    assert "expanded percentile bootstrap over functions" in page
    assert len(page) < 1_000_000
    assert max(block.count("<a ") for block in page.split('class="links"')[1:-1]) <= MAX_LINKS
    assert page == render_study(status_of(tmp_path))


def test_the_page_loads_nothing_and_runs_nothing(tmp_path: Path) -> None:
    """Its policy forbids all but its own style sheet; words of agents are escaped, and what is invisible is spelled."""
    synthetic(tmp_path, functions=8, hostile="<script>alert(1)</script>\x1b[2J\u202e")
    page = write_study_report(tmp_path).read_text()
    css = re.search(r"<style>(.*?)</style>", page, re.S)
    assert css is not None
    digest = base64.b64encode(hashlib.sha256(css[1].encode()).digest()).decode()

    assert f"style-src 'sha256-{digest}'" in html.unescape(page)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert not {"\x1b", "\u202e"} & set(page)
    assert not re.search(r'(src|href)="(?!#|[0-9a-f]{16}/report\.html)', page)
    assert " style=" not in page


def test_a_study_that_has_hardly_begun_has_a_page(tmp_path: Path) -> None:
    """One audit, no interval, nothing to compare: said in words."""
    run(tmp_path, study=manifest(), limit=1)
    page = write_study_report(tmp_path).read_text()

    assert "1 of 16 audits" in page
    assert "The study is not complete" in page
    assert "There is nothing to compare yet" in page
    assert "Every audit that came to an end was graded" in page
