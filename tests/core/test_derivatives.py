"""Functions and nudges: the notes' numbers, and slopes against differences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.derivatives import (
    EPS,
    FUNCTIONS,
    central_slope,
    error_model,
    errors_everywhere,
    from_expression,
    nudge,
    step_sizes,
    sweep_a,
)
from core.expressions import ExpressionError

ALL = list(FUNCTIONS.values())


@pytest.mark.parametrize(
    ("key", "a", "f_a", "f_a_h", "slope"),
    [
        ("3a", 2, 6, 6.003, 3),
        ("a2", 2, 4, 4.004001, 4),
        ("a2", 5, 25, 25.010001, 10),
    ],
)
def test_the_numbers_of_the_notes(key, a, f_a, f_a_h, slope):
    function = FUNCTIONS[key]
    found = nudge(function.f, a, 0.001)
    assert found.f_a == f_a
    assert found.f_a_h == pytest.approx(f_a_h, abs=1e-12)
    assert found.rise == pytest.approx(f_a_h - f_a, abs=1e-12)
    assert found.slope == pytest.approx(slope, abs=0.0011)
    assert function.df(a) == slope


@pytest.mark.parametrize("function", ALL, ids=lambda each: each.key)
def test_slopes_agree_with_differences(function):
    a = np.linspace(function.view.left, function.view.right, 57)
    a = a[np.isfinite(function.f(a)) & (np.abs(a) > 0.05)]
    assert a.size > 20
    np.testing.assert_allclose(
        function.df(a), central_slope(function.f, a, 1e-6), rtol=1e-5, atol=1e-8
    )


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("3a", "3*a"),
        ("a2", "a²"),
        ("a3", "a³"),
        ("log", "log(a)"),
        ("inverse", "1/a"),
        ("exp", "exp(a)"),
        ("sin", "sin(a)"),
        ("sigmoid", "σ(a)"),
    ],
)
def test_the_table_agrees_with_typed_formulas(key, text):
    ours, typed = FUNCTIONS[key], from_expression(text)
    a = np.linspace(-6, 6, 49)
    np.testing.assert_allclose(ours.f(a), typed.f(a), rtol=1e-14)
    np.testing.assert_allclose(ours.df(a), typed.df(a), rtol=1e-12)


@pytest.mark.parametrize("function", ALL, ids=lambda each: each.key)
@given(a=st.floats(allow_nan=True, allow_infinity=True))
def test_no_function_warns_or_is_infinite(function, a):
    # Warnings are errors in this suite, so calling is half of the test.
    at = np.array([a, 1.0])
    for values in (function.f(at), function.df(at)):
        assert not np.isinf(values).any()
        assert np.isfinite(values[1])


@pytest.mark.parametrize(("key", "a"), [("log", -1.0), ("log", 0.0), ("inverse", 0.0)])
def test_nan_outside_the_domain(key, a):
    function = FUNCTIONS[key]
    found = nudge(function.f, a, 0.5)
    assert np.isnan(function.f(a))
    assert np.isnan(function.df(a))
    assert np.isnan(found.rise)
    assert np.isnan(found.slope)


def test_keys_are_their_own_and_fit_an_address():
    for key, function in FUNCTIONS.items():
        assert key == function.key
        assert key.isalnum()
        assert key.isascii()


@pytest.mark.parametrize("function", ALL, ids=lambda each: each.key)
def test_views_show_the_curve(function):
    view = function.view
    y = function.f(np.linspace(view.left, view.right, 200))
    inside = (view.bottom <= y) & (y <= view.top)
    assert inside.sum() > 0.75 * np.isfinite(y).sum() > 0


@given(st.floats(-50, 50), st.floats(1e-9, 1) | st.floats(-1, -1e-9))
def test_a_nudge_on_a_parabola_is_off_by_h(a, h):
    # ((a + h)² − a²) / h = 2a + h, whatever a and h.
    found = nudge(FUNCTIONS["a2"].f, a, h)
    noise = 8 * EPS * (abs(a) + abs(h)) ** 2 / abs(h)
    assert found.slope == pytest.approx(2 * a + h, abs=noise + 1e-12)


def test_a_nudge_too_small_to_be_seen():
    found = nudge(FUNCTIONS["a2"].f, 2.0, 1e-16)
    assert found.a_h == 2.0
    assert found.rise == 0.0


@pytest.mark.parametrize("h", [0.0, np.nan, np.inf])
def test_h_must_lead_somewhere(h):
    with pytest.raises(ValueError, match="h must be"):
        nudge(FUNCTIONS["a2"].f, 1.0, h)
    with pytest.raises(ValueError, match="h must be"):
        central_slope(FUNCTIONS["a2"].f, 1.0, h)


def test_the_sweep_is_the_nudge_at_each_a():
    function, a = FUNCTIONS["log"], np.linspace(-1, 3, 9)
    sweep = sweep_a(function.f, function.df, a, 0.25)
    for i, each in enumerate(a):
        alone = nudge(function.f, each, 0.25)
        np.testing.assert_equal(sweep.nudges.slope[i], float(alone.slope))
        np.testing.assert_equal(sweep.nudges.f_a_h[i], float(alone.f_a_h))
        np.testing.assert_equal(sweep.exact[i], float(function.df(each)))


def errors_at(function, a, h):
    one_sided, central = errors_everywhere(function, np.array([a]), h)
    return one_sided[0], central[0]


@pytest.mark.parametrize("key", ["a3", "log", "inverse", "exp", "sin", "sigmoid"])
@pytest.mark.parametrize("a", [0.7, 2.0])
def test_the_error_is_a_v_with_its_lowest_point_where_theory_says(key, a):
    function, h = FUNCTIONS[key], step_sizes(8)[8:]
    one_sided, central = errors_at(function, a, h)
    model = error_model(function.f, function.df, a, h)
    # A single h may be lucky, so look at the worst of its neighbourhood.
    for measured, best in [
        (one_sided, model.best),
        (central, model.best_central),
    ]:
        worst = [measured[max(0, i - 4) : i + 5].max() for i in range(len(h))]
        assert abs(np.log10(h[np.argmin(worst)] / best)) < 1.1
    assert 1e-9 < model.best < 1e-6
    assert 1e-6 < model.best_central < 1e-3
    assert central.min() < one_sided.min()


@pytest.mark.parametrize("function", ALL, ids=lambda each: each.key)
def test_the_model_bounds_the_measured_error(function):
    h = step_sizes()[4:]  # from 0.1 on: at h = 1 the next terms of the series count
    one_sided, central = errors_at(function, 2.0, h)
    model = error_model(function.f, function.df, 2.0, h)
    assert np.all(one_sided <= 3 * (model.truncation + model.rounding))
    assert np.all(central <= 3 * (model.truncation_central + model.rounding_central))


def test_bends_of_a_known_function():
    # f = a³ at 2: |f″|/2 = 6, |f‴|/6 = 1.
    function, h = FUNCTIONS["a3"], np.array([0.1])
    model = error_model(function.f, function.df, 2.0, h)
    assert model.truncation[0] == pytest.approx(6 * 0.1, rel=1e-6)
    assert model.truncation_central[0] == pytest.approx(0.01, rel=1e-6)


def test_no_best_step_where_one_side_of_the_v_is_missing():
    h = step_sizes()
    line = error_model(FUNCTIONS["3a"].f, FUNCTIONS["3a"].df, 2.0, h)
    assert np.isnan(line.best)
    assert np.all(line.truncation == 0)
    parabola = error_model(FUNCTIONS["a2"].f, FUNCTIONS["a2"].df, 5.0, h)
    assert np.isfinite(parabola.best)
    assert np.isnan(parabola.best_central)
    origin = error_model(FUNCTIONS["sin"].f, FUNCTIONS["sin"].df, 0.0, h)
    assert np.isnan(origin.best)
    nowhere = error_model(FUNCTIONS["log"].f, FUNCTIONS["log"].df, -1.0, h)
    assert np.isnan(nowhere.best)


def test_step_sizes_span_the_range_of_the_page():
    h = step_sizes()
    assert h[0] == 1.0
    assert h[-1] == pytest.approx(1e-15)
    assert np.all(np.diff(h) < 0)
    assert np.isclose(h, 0.001, rtol=1e-12).any()


@pytest.mark.parametrize("text", ["a**2", "3", "1/a", "log(a)", "exp(exp(exp(a)))"])
def test_own_formula_gets_a_view(text):
    function = from_expression(text)
    view = function.view
    assert view.left < view.right
    assert view.bottom < view.top
    assert np.isfinite([view.bottom, view.top]).all()


def test_own_formula_without_any_value_is_refused():
    with pytest.raises(ExpressionError, match="no value between"):
        from_expression("log(-a**2 - 1)")


def test_a_huge_typed_formula_does_not_warn():
    function = from_expression("exp(a)")
    found = nudge(function.f, 709.0, 1e-15)
    assert np.isfinite(found.f_a)
    assert not np.isinf(found.slope)
    one_sided, _ = errors_at(function, 709.7, step_sizes())
    assert not np.isinf(one_sided).any()
    model = error_model(function.f, function.df, 709.7, step_sizes())
    assert not np.isinf(model.rounding).any()


def test_errors_everywhere_are_those_of_each_place():
    function = FUNCTIONS["sin"]
    a, h = np.array([-1.0, 0.5, 2.0]), step_sizes(per_decade=2)
    one_sided, central = errors_everywhere(function, a, h)
    for i, place in enumerate(a):
        numeric = nudge(function.f, np.full_like(h, place), h).slope
        np.testing.assert_allclose(
            one_sided[i], abs(numeric - np.cos(place)), atol=1e-15
        )
        numeric = (np.sin(place + h) - np.sin(place - h)) / (2 * h)
        # The difference is divided by h: so far apart may two roundings be.
        assert np.all(abs(central[i] - abs(numeric - np.cos(place))) <= 1e-15 / h)
