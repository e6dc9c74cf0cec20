"""Streamlit's command in a process where `gc.freeze()` does nothing.

The reference of the load benchmark: `python -m benchmarks.unfrozen run …`.
"""

import gc
import sys

from streamlit.web.cli import main

if __name__ == "__main__":
    gc.freeze = lambda: None
    sys.exit(main())
