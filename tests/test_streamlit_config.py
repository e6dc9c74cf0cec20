"""`.streamlit/config.toml` says what we mean: Streamlit only logs a typo."""

import re
import tomllib
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / ".streamlit" / "config.toml").read_text("utf-8")
CONFIG = tomllib.loads(TEXT)


def options(table, prefix=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from options(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


@pytest.mark.parametrize("option", dict(options(CONFIG)))
def test_streamlit_knows_the_option(option):
    assert option in config.get_config_options()


def test_light_and_dark_set_the_same_options():
    theme = CONFIG["theme"]
    assert dict(options(theme["light"])).keys() == dict(options(theme["dark"])).keys()


def test_the_theme_loads_nothing_from_elsewhere():
    assert not re.search(r"https?:", TEXT)


def test_cross_site_protection_is_left_on():
    assert config.get_option("server.enableCORS")
    assert config.get_option("server.enableXsrfProtection")


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize(
    "text",
    [
        "textColor",
        "codeTextColor",
        "linkColor",
        "primaryColor",
        "blueTextColor",
        "orangeTextColor",
        "greenTextColor",
        "violetTextColor",
    ],
)
def test_words_are_readable(mode, ground, text):
    theme = CONFIG["theme"][mode]
    dark, bright = sorted(luminance(theme[name]) for name in (ground, text))
    assert (bright + 0.05) / (dark + 0.05) >= 4.5
