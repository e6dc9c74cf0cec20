"""Streamlit's command with its own garbage collection: after each run, of everything.

The reference of the load benchmark: `python -m benchmarks.unfrozen run …`.
"""

import gc
import os
import sys

from streamlit.web.cli import main

if __name__ == "__main__":
    gc.freeze = lambda: None
    os.environ["STREAMLIT_RUNNER_POST_SCRIPT_GC"] = "true"
    sys.exit(main())
