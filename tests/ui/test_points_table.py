"""The learner's own table on the training page: read, trained on, or refused."""

import pytest
from streamlit.testing.v1 import AppTest

from core.points import STARTER
from ui.contents import ROOT, entry

KEY = "training.table."


@pytest.fixture
def page() -> AppTest:
    app = AppTest.from_file(ROOT / "ui" / "app.py", default_timeout=300)
    app.switch_page(str(entry("training").file))
    app.query_params["view"] = "own"
    return app.run()


def paste(app: AppTest, text: str) -> AppTest:
    app.text_area(key=f"{KEY}pasted").set_value(text)
    return send(app)


def send(app: AppTest) -> AppTest:
    next(b for b in app.button if b.label == "Train on this table").click()
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> dict[str, str]:
    return app.session_state["nudge.page"].texts


def test_a_pasted_table_is_scaled_and_trained_on(page):
    paste(page, "a,b,kind\n0,100,red\n10,300,blue\n5,200,red\n9,290,blue")
    points = "-4,-4,1;4,4,0;0,0,1;3.2,3.6,0"
    assert texts(page) == {"data": "own", "points": points}
    said = " ".join(m.value for m in page.markdown)
    assert "Your table: 4 points, x1 from 0 to 10 and x2 from 100 to 300" in said
    assert "Class 0 is `blue`, class 1 is `red`" in said


def test_what_cannot_be_read_is_said_and_nothing_is_lost(page):
    paste(page, "1,2,0\n1,oops,1")
    assert [w.value for w in page.warning] == [
        "Row 2, column 2 (x2): `oops` is not a finite number."
    ]
    assert texts(page) == {"view": "own"}
    page.run()
    assert not page.warning


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xfe\x00\x01", "no text in UTF-8"),
        (b"1" * 1_000_001, "1.0 MB; up to 1 MB"),
        (b"", "no row with numbers"),
    ],
)
def test_a_file_that_is_no_table_is_refused(page, data: bytes, said: str):
    page.get("file_uploader")[0].upload("points.csv", data, "text/csv")
    send(page)
    assert said in page.warning[0].value


def test_a_file_is_read(page):
    page.get("file_uploader")[0].upload("points.csv", b"1,2,0\n-3,2,1", "text/csv")
    page.toggle(key=f"{KEY}scale").set_value(False)
    send(page)
    assert texts(page)["points"] == "1,2,0;-3,2,1"


def test_many_points_stay_out_of_the_address(page):
    rows = [f"{i},{i % 7},{i % 2}" for i in range(400)]
    paste(page, "\n".join(rows))
    assert texts(page) == {"data": "own", "points": "left_out"}
    points = page.session_state["training:points"]
    assert len(points.split(";")) == 400
    page.run()
    assert page.session_state["training:points"] == points


def test_a_link_forgets_the_points_of_an_earlier_visit(page):
    rows = [f"{i},{i % 7},{i % 2}" for i in range(400)]
    paste(page, "\n".join(rows))
    page.switch_page(str(entry("derivatives").file))
    page.run()
    page.switch_page(str(entry("training").file))
    page.query_params["data"] = "own"
    page.run()
    assert page.session_state["training:points"] == STARTER


def test_points_of_one_class_in_an_address_are_refused(page):
    page.switch_page(str(entry("derivatives").file))
    page.run()
    page.switch_page(str(entry("training").file))
    page.query_params["points"] = "1,1,0;2,2,0"
    page.run()
    assert "both classes need at least one point" in page.warning[0].value


def test_points_too_many_for_a_link_are_said_to_be_missing_in_it(page):
    rows = [f"{i % 17},{i % 13},{i % 2}" for i in range(300)]
    paste(page, "\n".join(rows))
    assert texts(page) == {"data": "own", "points": "left_out"}
    assert "too many for a link" in " ".join(m.value for m in page.markdown)
    there = AppTest.from_file(ROOT / "ui" / "app.py", default_timeout=300)
    there.switch_page(str(entry("training").file))
    there.query_params.update(texts(page))
    there.run()
    assert "The own points of this link are not in it" in there.warning[0].value
    assert there.session_state["training:points"] == STARTER
