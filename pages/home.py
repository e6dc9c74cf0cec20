"""Home: what Nudge is, one figure to drag, and the map of what exists."""

from ui import frame

page = frame.begin("home")
frame.end(page)
