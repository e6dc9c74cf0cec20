"""The pages as the browser tests go over them."""

import pytest

from ui.contents import CONTENTS, Entry


def path_of(entry: Entry) -> str:
    return "" if entry is CONTENTS[0] else entry.url_path


def name(entry: Entry) -> str:
    return entry.url_path


each_page = pytest.mark.parametrize("entry", CONTENTS, ids=name)
each_taught_page = pytest.mark.parametrize("entry", CONTENTS[1:], ids=name)

# One component moves every figure: what is the same everywhere is tried once for each
# kind of drag. Along x with followers, two drags, a run, a run with pauses, a picture.
KINDS = (
    "derivatives",
    "gradient_descent",
    "training",
    "broadcasting",
    "images_as_vectors",
)
each_kind_of_drag = pytest.mark.parametrize(
    "entry", [entry for entry in CONTENTS if entry.url_path in KINDS], ids=name
)
