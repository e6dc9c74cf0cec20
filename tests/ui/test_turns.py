"""Runs of pages take turns, and nobody waits for ever."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, Event, Lock, Thread

import pytest

from ui.turns import Turns, aside


def test_one_run_after_the_other():
    one, inside, most = Turns(patience=60), [], []

    def run(name):
        with one.take():
            inside.append(name)
            most.append(len(inside))
            time.sleep(0.002)  # lets go of Python's lock
            inside.remove(name)

    with ThreadPoolExecutor(20) as visitors:
        list(visitors.map(run, range(60)))
    assert most == [1] * 60


def test_who_waits_for_another_process_lets_the_next_one_go_ahead():
    one, answer, begun = Turns(patience=60), Future(), Event()

    def run():
        with one.take():
            begun.set()
            return one.result(answer)

    with ThreadPoolExecutor(2) as visitors:
        waiting = visitors.submit(run)
        begun.wait(10)
        try:
            assert visitors.submit(taken, one).result(10)
        finally:
            answer.set_result(7)
        assert waiting.result(10) == 7


def test_what_is_there_already_costs_no_turn():
    one, answer = Turns(patience=60), Future()
    answer.set_result(7)
    with ThreadPoolExecutor(1) as visitor, one.take():
        next_one = visitor.submit(taken, one)
        assert one.result(answer) == 7
        assert not next_one.done()


def taken(one):
    with one.take():
        return True


def test_waiting_within_waiting_comes_back_once():
    """A cached function steps aside, and so does the process that it asks."""
    one = Turns(patience=60)
    with one.take():
        with one.aside(), one.aside(), ThreadPoolExecutor(1) as visitor:
            assert visitor.submit(taken, one).result(10)
        with one.take():  # a turn within a turn: does not wait for itself
            pass
    with ThreadPoolExecutor(1) as visitor:
        assert visitor.submit(taken, one).result(10)


def test_a_run_that_is_stopped_passes_its_turn_on():
    one = Turns(patience=60)
    for step in (one.take, one.aside):
        with suppress(RuntimeError), one.take(), step():
            raise RuntimeError
    with ThreadPoolExecutor(1) as visitor:
        assert visitor.submit(taken, one).result(10)


def test_no_run_holds_up_the_server():
    one, begun, end = Turns(patience=0.01), Barrier(2), Event()

    def hang():
        with one.take():
            begun.wait(10)
            end.wait()

    hanging = Thread(target=hang, daemon=True)
    hanging.start()
    begun.wait(10)
    with ThreadPoolExecutor(1) as visitor:
        answer = visitor.submit(taken, one)
        try:
            assert answer.result(10)
        finally:
            end.set()
    hanging.join(10)
    assert taken(one)


def test_two_who_want_the_same_do_not_wait_for_each_other(monkeypatch):
    """One computes within the cache's lock, the other stands before it."""
    one, cache, answer = Turns(patience=60), Lock(), Future()
    monkeypatch.setattr("ui.turns.turns", lambda: one)

    @aside
    def computed():
        with cache:
            return one.result(answer)

    def run():
        with one.take():
            return computed()

    with ThreadPoolExecutor(2) as visitors:
        both = [visitors.submit(run) for _ in range(2)]
        while not cache.locked():
            time.sleep(0.001)
        answer.set_result(3)
        assert [each.result(10) for each in both] == [3, 3]


@pytest.mark.parametrize("error", [ValueError, KeyError])
def test_what_goes_wrong_is_told_to_the_one_who_asked(error):
    one, answer = Turns(), Future()
    answer.set_exception(error("no"))
    with one.take(), pytest.raises(error):
        one.result(answer)
