"""Supervised learning: from pairs of x and y to a map, whatever x was (§2.2)."""

import re
from dataclasses import dataclass

import numpy as np

from core.images import grey
from core.types import Array

# The words that are counted; all others are passed over.
VOCABULARY = (
    "good", "great", "love", "soft", "fits", "bad", "poor", "thin", "shrank", "hate",
    "not", "never", "very", "again", "shirt", "it", "the", "a", "and", "but",
)  # fmt: skip


@dataclass(frozen=True)
class Application:
    """One use of supervised learning: what goes in, what comes out, which network."""

    name: str
    x: str
    y: str
    network: str
    shape: str


APPLICATIONS = (
    Application(
        "online advertising",
        "an ad and what is known of a user",
        "1 if the user clicks, else 0",
        "standard",
        "(nₓ,\u00a01)",
    ),
    Application(
        "recognising images",
        "a photograph",
        "which of 1,000 kinds of thing it shows",
        "convolutional (CNN)",
        "(h,\u00a0w,\u00a03)",
    ),
    Application(
        "speech recognition",
        "an audio clip",
        "the words spoken, as text",
        "recurrent (RNN)",
        "(nₓ,\u00a0time)",
    ),
    Application(
        "translation",
        "a text in one language",
        "the text in another",
        "recurrent (RNN)",
        "(nₓ,\u00a0words)",
    ),
    Application(
        "autonomous driving",
        "camera images and sensors such as radar",
        "where the other cars are",
        "a mixture, made to measure",
        "one shape for each sensor",
    ),
)


@dataclass(frozen=True)
class Thing:
    """Something to sort: is it structured data, and why."""

    name: str
    structured: bool
    why: str


THINGS = (
    Thing("house sizes and prices", True, "each house a row, each column a meaning"),
    Thing("a voice message", False, "no single sample of the sound means anything"),
    Thing("clicks: user, ad, time", True, "a database with a meaning in each column"),
    Thing("holiday photos", False, "no pixel by itself says what is shown"),
    Thing("a patient's age and blood pressure", True, "two numbers with a name each"),
    Thing("a product review", False, "raw text: its meaning is in the order of words"),
    Thing("the calorie table", True, "rows and columns with names"),
    Thing("a film of a road", False, "many images, and sound"),
)


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters; signs and digits are left out."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text.lower())


def count_words(text: str) -> Array:
    """x (n_x, 1): how often each word of the VOCABULARY stands in the text.

    Any text of any length gives as many numbers; the order of the words is lost.
    """
    words = words_of(text)
    return np.array([[float(words.count(word))] for word in VOCABULARY])


def count_read(text: str, read: int) -> Array:
    """The same x when only the first words have been read. → (n_x, 1)"""
    return count_words(" ".join(words_of(text)[:read]))


def picture_vector(image: Array) -> Array:
    """x (h w, 1): how bright each pixel is, row by row. image (h, w, 3), 0 to 255"""
    return grey(image).reshape(-1, 1)


def total(x: Array) -> float:
    """y of the calorie table: all that comes from its nutrients. x (n_x, 1)"""
    return float(np.sum(x))


def learn_weights(X: Array, Y: Array) -> Array:
    """w (n_x, 1) for which wᵀX is nearest to Y: a map learned from pairs alone.

    X (n_x, m), Y (1, m); the smallest sum of squared errors.
    """
    w = np.linalg.lstsq(X.T, Y.T, rcond=None)[0]
    return np.asarray(w, dtype=np.float64)


def graded(picked: set[str]) -> tuple[Thing, ...]:
    """The things that were sorted wrongly, when `picked` are called structured."""
    return tuple(each for each in THINGS if (each.name in picked) != each.structured)
