"""The registry: what it promises, and the way through it."""

import pytest

from ui.contents import CONTENTS, chapters, entry, neighbours

EACH_PAGE = pytest.mark.parametrize("page", CONTENTS, ids=lambda page: page.url_path)


@EACH_PAGE
def test_an_entry_is_complete(page):
    assert page.title
    assert page.icon.startswith(":material/")
    assert page.promise.endswith(".")
    assert "\n" not in page.promise
    assert bool(page.section) == bool(page.chapter) == (page.url_path != "home")


@EACH_PAGE
def test_a_promise_is_one_line(page):
    assert len(page.promise) <= 140


def test_titles_are_unique():
    titles = [page.title for page in CONTENTS]
    assert len(set(titles)) == len(titles)


def test_home_comes_first():
    assert CONTENTS[0].url_path == "home"
    assert chapters()[0] == ("", [CONTENTS[0]])


def test_chapters_hold_every_page_once_in_order():
    names = [name for name, _ in chapters()]
    assert len(set(names)) == len(names), "the pages of a chapter stand together"
    assert [page for _, pages in chapters() for page in pages] == list(CONTENTS)


def test_pages_follow_the_notes():
    """But for the promise of the notes' introduction, which ends its chapter."""
    sections = [p.section for p in CONTENTS if p.section and p.section != "1.2"]
    numbers = [tuple(map(int, section.split("."))) for section in sections]
    assert numbers == sorted(numbers)


@EACH_PAGE
def test_an_address_finds_its_page(page):
    assert entry(page.url_path) is page


def test_an_unknown_address_is_an_error():
    with pytest.raises(KeyError):
        entry("nowhere")


def test_next_and_previous_lead_through_the_whole_book():
    walked, here = [], CONTENTS[0]
    while here:
        before, after = neighbours(here)
        assert before is (walked[-1] if walked else None)
        walked.append(here)
        here = after
    assert walked == list(CONTENTS)
