"""Records are dataclasses in all but how their methods are made; `dataclass` itself tells what is right."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnsearch import models, records
from vnsearch.records import record


def point() -> type:
    """Some of all that a class can say of its fields."""

    class Point:
        """A point."""

        x: int
        y: int = 0
        names: list[str] = field(default_factory=list)
        note: str = field(default="", compare=False, repr=False)
        size: int = field(init=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "size", abs(self.x) + abs(self.y))

    return Point


def nothing() -> type:
    """No field at all."""

    class Nothing:
        """Nothing."""

    return Nothing


def own() -> type:
    """Methods of its own."""

    class Own:
        """What it is by itself."""

        x: Any = 1

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    return Own


def both(plain: Callable[[], type]) -> tuple[Any, Any]:
    """The class as a record and as a dataclass."""
    return record(frozen=True, slots=True)(plain()), dataclass(frozen=True, slots=True)(plain())


Recorded, Reference = both(point)
PAIRS = {plain.__name__: both(plain) for plain in (point, nothing, own)}

small = st.integers(-2, 2)
named = st.fixed_dictionaries(
    {},
    optional={
        "x": small,
        "y": small,
        "names": st.lists(st.text(max_size=1), max_size=1),
        "note": st.text(),
        "z": small,
    },
)


def made(kind: Any, values: list[Any], names: dict[str, Any]) -> Any:
    """What making one gives; the type of the error where it cannot be."""
    try:
        return kind(*values, **names)
    except TypeError as error:
        return type(error)


@pytest.mark.parametrize("times", [1, records.MANY + 2])
@given(values=st.lists(small, max_size=6), names=named)
def test_a_record_is_made_like_a_dataclass(times: int, values: list[int], names: dict[str, Any]) -> None:
    """By what makes all records, and by what is compiled for those that are made often."""
    recorded, _ = both(point)
    for _ in range(times - 1):
        recorded(1)
    mine, reference = made(recorded, values, names), made(Reference, values, names)
    if reference is TypeError:
        assert mine is TypeError
    else:
        assert asdict(mine) == asdict(reference) and repr(mine) == repr(reference)


@given(st.tuples(small, small, st.just(()), st.text()), st.tuples(small, small, st.just(()), st.text()))
def test_records_compare_like_dataclasses(first: tuple[Any, ...], second: tuple[Any, ...]) -> None:
    equal = Reference(*first) == Reference(*second)
    mine = Recorded(*first), Recorded(*second)
    assert (mine[0] == mine[1]) is equal and (mine[0] != mine[1]) is not equal
    if equal:
        assert hash(mine[0]) == hash(mine[1])


@pytest.mark.parametrize("name", PAIRS)
def test_a_record_is_a_dataclass(name: str) -> None:
    mine, reference = PAIRS[name]
    assert is_dataclass(mine) and mine.__dataclass_params__.frozen
    assert mine.__slots__ == reference.__slots__ and mine.__match_args__ == reference.__match_args__
    assert [(f.name, f.default, f.init, f.compare) for f in fields(mine)] == [
        (f.name, f.default, f.init, f.compare) for f in fields(reference)
    ]
    assert list(inspect.signature(mine).parameters) == list(inspect.signature(reference).parameters)
    assert mine.__doc__ == reference.__doc__ and mine.__qualname__ == reference.__qualname__


def test_what_is_made_often_is_made_by_a_method_of_its_own() -> None:
    for plain in (point, nothing):
        recorded, reference = both(plain)
        before = recorded.__init__
        signature = inspect.signature(recorded)
        given = (3, 4) if plain is point else ()
        for _ in range(records.MANY):
            assert recorded.__init__ is before
            recorded(*given)
        assert recorded.__init__ is not before and inspect.signature(recorded) == signature
        assert repr(recorded(*given)) == repr(reference(*given))
        assert recorded(*given) == recorded(*given)


def test_defaults_are_made_anew_for_each() -> None:
    recorded, _ = both(point)
    made_before = [recorded(1) for _ in range(records.MANY + 2)]
    assert len({id(one.names) for one in made_before}) == len(made_before)


def test_what_a_class_says_itself_holds() -> None:
    mine, _ = PAIRS["own"]
    assert (hash(mine()), repr(mine()), mine(2) == mine(2)) == (7, "own", True)


def test_records_of_no_fields_are_equal() -> None:
    mine, reference = PAIRS["nothing"]
    assert mine() == mine() and hash(mine()) == hash(mine()) and mine() != reference()
    assert repr(mine()) == repr(reference())


def test_records_of_two_classes_are_never_equal() -> None:
    assert Recorded(1) != Reference(1) and Recorded(1) != (1, 0, [], "", 1)


def test_records_that_are_not_compared_are_themselves() -> None:
    alone: Any = record(frozen=True, slots=True, eq=False)(nothing())
    one = alone()
    assert one == one and one != alone() and hash(one) == object.__hash__(one)


def test_a_record_is_frozen() -> None:
    one = Recorded(1)
    for change in (lambda: setattr(one, "x", 2), lambda: setattr(one, "new", 2), lambda: delattr(one, "x")):
        with pytest.raises(FrozenInstanceError):
            change()
    assert not hasattr(one, "__dict__")


def test_a_frozen_dataclass_can_extend_a_record() -> None:
    @dataclass(frozen=True)
    class Longer(models.Passage):
        more: int = 0

    longer = Longer("a", 1, 0.5, (), 3)
    assert (longer.text, longer.more) == ("a", 3)
    assert longer.to_dict() == {"text": "a", "start": 1, "score": 0.5, "spans": [], "more": 3}


def test_what_inherits_from_a_record_may_have_more() -> None:
    class Noted(models.Passage):
        """A passage with a note."""

    noted = Noted("a", 1, 0.5)
    noted.note = "b"  # type: ignore[attr-defined]
    assert noted.note == "b"  # type: ignore[attr-defined]
    del noted.note  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError):
        noted.text = "c"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del noted.text


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one)), replace])
def test_models_are_copied(again: Any) -> None:
    document = models.Document("a", "b", fields={"source": "c"}, borders=(1,))
    other = again(document)
    assert other == document and other is not document


def test_models_are_told_of() -> None:
    assert str(inspect.signature(models.Passage)) == (
        "(text: 'str', start: 'int', score: 'float', spans: 'tuple[tuple[int, int], ...]' = ())"
    )
    for name, model in vars(models).items():
        if isinstance(model, type) and issubclass(model, models._Record) and not name.startswith("_"):
            assert is_dataclass(model) and dataclasses.fields(model) and model.__slots__
