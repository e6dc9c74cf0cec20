"""The benchmark's people see on their screen what a browser would."""

from benchmarks.person import Person, Widget


def screen(part, blocks, **widgets):
    """What is left of the widgets (fragment, path, run) after run 2 of a part."""
    person = Person(None, "", 0)
    person.runs, person.part, person.blocks = 2, part, set(blocks)
    person.widgets = {
        name: Widget(None, False, fragment, path, run)
        for name, (fragment, path, run) in widgets.items()
    }
    person._forget()
    return set(person.widgets)


def test_what_stands_around_a_part_stays_when_the_part_runs():
    # The inner part has also written into a container of the outer one, at (0, 2).
    left = screen(
        "inner", [], control=("outer", (0, 1), 1), figure=("inner", (0, 0, 0), 2)
    )
    assert left == {"control", "figure"}


def test_what_a_part_does_not_write_again_is_gone():
    assert screen("outer", [], old=("outer", (0, 1), 1), kept=("outer", (0, 2), 2)) == {
        "kept"
    }


def test_what_stands_in_a_container_that_is_written_again_is_gone():
    left = screen(
        "outer", [(0, 3)], gone=("inner", (0, 3, 0), 1), beside=("other", (0, 4), 1)
    )
    assert left == {"beside"}


def test_a_whole_run_leaves_only_what_it_has_written():
    assert screen("", [], old=("", (0,), 1), new=("", (1,), 2)) == {"new"}
