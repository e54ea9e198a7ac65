"""What may be looked up in the lab is there, with its licence, and reaches images and local labs as plain files."""

from sandbox.images import lab_files
from sandbox.toolkit.words.knowledge import FOLDER, plain, tables


def test_every_table_travels_with_its_licence() -> None:
    """A notice lies beside each of them."""
    data = [path for path in FOLDER.iterdir() if not path.name.endswith(".licence.txt")]

    assert len(data) > 10
    assert all((FOLDER / f"{path.name.split('.')[0]}.licence.txt").read_text() for path in data)


def test_the_lab_gets_tables_and_no_code_of_functions() -> None:
    """Data files alone: neither specs nor catalogues of what is hidden come along."""
    sent = {path: source for path, source in lab_files().items() if "/knowledge/" in path}

    assert {source.suffix for source in sent.values()} == {".tsv", ".txt", ".gz"}
    assert all(source.is_file() for source in sent.values())
    assert len(sent) == len(list(FOLDER.iterdir()))


def test_words_are_read_without_regard_to_case_and_hyphens() -> None:
    """As people write them."""
    assert plain("  Sub-Saharan_AFRICA. ") == "sub saharan africa"


def test_a_word_of_several_rows_leads_nowhere() -> None:
    """What is shared cannot be looked up."""
    assert "1" not in tables()["countries"].by("calling")
