"""The server of Nudge. Start it with: streamlit run streamlit_app.py"""

import streamlit as st

from ui import bundles, scripts, server

app = st.App(
    "ui/app.py",
    lifespan=server.lifespan,
    routes=[*bundles.routes(), *scripts.routes()],
    middleware=server.middleware(),
    on_script_error=server.calm_page,
)

if __name__ == "__main__":
    print("Start Nudge with: streamlit run streamlit_app.py")
