"""Every figure, formula and shape of the notes that can be run, and what we get.

One module a section; each is a tuple of `Claim`.
"""

from core.claim import Checked, check_claim
from core.claims import (
    section_1_2,
    section_2_1,
    section_2_2,
    section_2_3,
    section_3_1,
    section_3_2,
    section_3_3,
    section_3_4,
    section_3_5,
    section_3_6,
    section_3_7,
    section_3_8,
    section_4_1,
    section_4_2,
    section_4_3,
    section_4_4,
    section_5_1,
    section_5_2,
    section_5_3,
    section_5_4,
    section_5_5,
    section_5_6,
)

CLAIMS = (
    *section_1_2.CLAIMS,
    *section_2_1.CLAIMS,
    *section_2_2.CLAIMS,
    *section_2_3.CLAIMS,
    *section_3_1.CLAIMS,
    *section_3_2.CLAIMS,
    *section_3_3.CLAIMS,
    *section_3_4.CLAIMS,
    *section_3_5.CLAIMS,
    *section_3_6.CLAIMS,
    *section_3_7.CLAIMS,
    *section_3_8.CLAIMS,
    *section_4_1.CLAIMS,
    *section_4_2.CLAIMS,
    *section_4_3.CLAIMS,
    *section_4_4.CLAIMS,
    *section_5_1.CLAIMS,
    *section_5_2.CLAIMS,
    *section_5_3.CLAIMS,
    *section_5_4.CLAIMS,
    *section_5_5.CLAIMS,
    *section_5_6.CLAIMS,
)


def checked_claims(page: str) -> tuple[Checked, ...]:
    """The claims that this page shows, each run now."""
    return tuple(check_claim(claim) for claim in CLAIMS if claim.page == page)
