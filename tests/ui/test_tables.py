"""Tables of small HTML: what a visitor typed is shown, never read as HTML."""

from xml.etree import ElementTree

from ui.tables import table_html


def test_what_was_typed_is_shown_as_it_is():
    typed = "<b>x</b> & <img src=x onerror=alert(1)>"
    html = table_html([typed], [[typed]], alt=typed, kind="nudge-table")
    table = ElementTree.fromstring(html)  # else it is no well-formed table
    assert table.find(".//td").text == typed
    assert table.find(".//th").text == typed
    assert not table.findall(".//b") + table.findall(".//img")


def test_code_between_backticks_is_code():
    html = table_html(["a"], [["`W.T` <i>"]], alt="a", kind="nudge-table")
    cell = ElementTree.fromstring(html).find(".//td")
    assert cell.find("code").text == "W.T"
    assert cell.find("code").tail == " <i>"
