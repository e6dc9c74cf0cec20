"""Streamlit glue: what every page shares, and nothing that computes."""
