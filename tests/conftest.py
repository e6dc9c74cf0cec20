"""How free inputs are drawn: no time limits in tests, and the same draws in CI."""

import os

from hypothesis import settings

# A slow machine is no failure; `make bench` measures time. In CI the examples are
# the same in every run, elsewhere they are new ones.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
