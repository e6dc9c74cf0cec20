"""Every figure, formula and shape that the notes give, run."""

import pytest

from core.claim import Claim, check_claim
from core.claims import CLAIMS, checked_claims
from core.story import OPENING, factors_found
from ui.contents import CONTENTS

EACH = pytest.mark.parametrize(
    "claim", CLAIMS, ids=lambda claim: f"§{claim.section} {claim.words}"
)


@EACH
def test_the_claim_holds_or_is_corrected(claim):
    """A claim with a correction must really differ: else the notes were right."""
    result = check_claim(claim)
    said = f"the notes say {result.said}, we get {result.got}"
    assert result.agrees is not bool(claim.correction), said


@EACH
def test_the_claim_can_be_read(claim):
    result = check_claim(claim)
    assert claim.words.strip() == claim.words != ""
    assert result.said
    assert result.got
    assert "nan" not in result.got


def test_the_factors_named_are_those_of_the_page():
    [words] = [c.correction for c in CLAIMS if "factor gets a unit" in c.correction]
    assert "only one factor" in words
    assert factors_found(*OPENING) == 1


def test_no_claim_is_made_twice():
    made = [(claim.section, claim.words) for claim in CLAIMS]
    assert len(set(made)) == len(made)


def test_a_page_shows_the_claims_of_its_own_section():
    """And of one that has no page: §5.3 goes with §5.2, the opening of §5 with §5.1."""
    sections = {page.url_path: page.section for page in CONTENTS}
    for claim in CLAIMS:
        if claim.page in sections and claim.section in sections.values():
            assert claim.section == sections[claim.page], claim.words


@pytest.mark.parametrize("page", CONTENTS[1:], ids=lambda page: page.url_path)
def test_a_page_checks_the_notes(page):
    assert checked_claims(page.url_path)


@pytest.mark.parametrize(
    ("notes", "value", "tolerance", "agrees"),
    [
        (3.0, 3.0, 0.0, True),
        (3.0, 3.0 + 1e-9, 0.0, False),
        (3.0, 3.0 + 1e-9, 1e-8, True),
        (3.0, 3, 0.0, True),
        (3.0, float("nan"), 1.0, False),
        ((4,), (4,), 0.0, True),
        ((1, 4), (4,), 0.0, False),
        ("convex", "convex", 0.0, True),
        ("convex", "not convex", 0.0, False),
    ],
)
def test_agreement(notes, value, tolerance, agrees):
    claim = Claim("0", "a claim", notes, lambda: value, "nowhere", tolerance)
    assert check_claim(claim).agrees is agrees


@pytest.mark.parametrize(
    ("notes", "value", "tolerance", "said", "got"),
    [
        (0.0, 2.2634127e-9, 1e-6, "0", "0 within 1 × 10⁻⁶"),
        (0.0, 0.0, 1e-6, "0", "0"),
        (0.0, 0.023989339, 0.05, "0", "0.024"),
        (0.0, 1.3673655, 1e-6, "0", "1.367"),
        (4.004001, 4.0040010000000002, 1e-9, "4.004001", "4.004001"),
        (0.5, 0.49637593, 0.05, "0.5", "0.4964"),
        (56.48535564853557, 56.48535564853558, 1e-9, "56.485356", "56.485356"),
        (2.0, 2.00000123, 0.0, "2", "2.000001"),
        ((4, 1), (1, 4), 0.0, "(4, 1)", "(1, 4)"),
        (12288, 12287, 0.0, "12,288", "12,287"),
    ],
)
def test_no_more_digits_than_it_takes_to_compare(notes, value, tolerance, said, got):
    claim = Claim("0", "a claim", notes, lambda: value, "nowhere", tolerance)
    result = check_claim(claim)
    shown = [
        text.replace("\N{NO-BREAK SPACE}", " ") for text in (result.said, result.got)
    ]
    assert shown == [said, got]


@EACH
def test_no_number_breaks_over_two_lines(claim):
    result = check_claim(claim)
    assert " ×" not in result.said + result.got
    assert "× " not in result.said + result.got
    if isinstance(claim.notes, tuple) and len(claim.notes) <= 2:
        assert " " not in result.said
