"""Records: frozen, slotted dataclasses that cost next to nothing to define.

`dataclass` writes the methods of a class as text and compiles it whenever the class is made, at every start of every
process; with fifty classes a search by command waits for that. Here the methods come of the same few functions for all
records, compiled once with this module. In return it takes longer to make a record: a class of which many are made is
given a method of its own for that, once it is clear that it is one.

In all else a record is a dataclass: `fields`, `replace`, `asdict`, patterns, `field(...)`, `__post_init__`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

__all__ = ["record"]

MANY: Final = 64
"""A class of which so many records were made will make more."""

if TYPE_CHECKING:
    # What it makes is no different from this, and checkers know how to read it.
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, slots: bool, eq: bool = True) -> Callable[[type], type]:
        """The decorator of a record: `@record(frozen=True, slots=True)`."""
        assert frozen and slots
        return partial(_made, methods=_METHODS | _COMPARISON if eq else _METHODS)


def _made(plain: type, methods: Mapping[str, Callable[..., Any]]) -> Any:
    """The record of a class: a dataclass without methods, what the methods of all records ask of it, and these."""
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    made.__dataclass_params__.frozen = True  # a dataclass asks its bases
    held = fields(made)
    made.__given__ = given = tuple(field for field in held if field.init)
    made.__defaults__ = tuple(field.default for field in given)
    made.__places__ = {field.name: place for place, field in enumerate(given)}
    made.__needed__ = tuple((place, field) for place, field in enumerate(given) if field.default is MISSING)
    setters = tuple(getattr(made, field.name).__set__ for field in given)
    made.__compared__ = attrgetter(*[field.name for field in held if field.compare] or ["__class__"])
    made.__signature__ = _Signature()
    for name, method in {"__init__": _initializer(made, setters), **methods}.items():
        if name not in vars(made):
            setattr(made, name, method)
    return made


def _initializer(made: Any, setters: tuple[Callable[[Any, Any], None], ...]) -> Callable[..., None]:
    """What makes a record of its values. All it needs it has at hand, since it is called more than all else."""
    count = len(setters)
    left = MANY

    def init(self: Any, *values: Any, **named: Any) -> None:
        nonlocal left
        left -= 1
        if not left:
            made.__init__ = _compiled(made, setters)
        whole = values if len(values) == count and not named else _completed(self, values, named)
        for put, value in zip(setters, whole):  # noqa: B905 - to have their lengths compared takes as long as a field
            put(self, value)

    def init_and_more(self: Any, *values: Any, **named: Any) -> None:
        init(self, *values, **named)
        self.__post_init__()

    return init_and_more if hasattr(made, "__post_init__") else init


def _compiled(made: Any, setters: tuple[Callable[[Any, Any], None], ...]) -> Callable[..., None]:
    """The same as a function that is written for this class: it takes a third of the time, and as long as making a
    hundred records to compile."""
    held: dict[str, Any] = {"MISSING": MISSING}
    parameters, steps = ["self"], []
    for field, put in zip(made.__given__, setters, strict=True):
        name = field.name
        held[f"put_{name}"], held[f"default_{name}"], held[f"make_{name}"] = put, field.default, field.default_factory
        has_factory = field.default_factory is not MISSING
        is_optional = has_factory or field.default is not MISSING
        parameters.append(f"{name}=default_{name}" if is_optional else name)
        value = f"make_{name}() if {name} is MISSING else {name}" if has_factory else name
        steps.append(f"    put_{name}(self, {value})")
    if hasattr(made, "__post_init__"):
        steps.append("    self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n" + "\n".join(steps or ["    pass"]), held)
    initializer: Callable[..., None] = held["__init__"]
    return initializer


def _completed(self: Any, values: tuple[Any, ...], named: dict[str, Any]) -> list[Any]:
    """The values of all fields in their order: those by place, then those by name, and defaults."""
    begin = len(values)
    place_of = self.__places__.get
    defaults = self.__defaults__
    if begin > len(defaults):
        raise _misfit(self)
    filled = [*values, *defaults[begin:]]
    for name, value in named.items():
        place = place_of(name, -1)
        if place < begin:
            raise _misfit(self)
        filled[place] = value
    for place, field in self.__needed__:
        if filled[place] is MISSING:
            filled[place] = _made_for(field)
    return filled


def _misfit(self: Any) -> TypeError:
    return TypeError(f"{type(self).__name__}{inspect.signature(type(self))} has no place for all that was given")


def _made_for(field: Field[Any]) -> Any:
    """The value of a field that was not given."""
    factory: Any = field.default_factory
    if factory is MISSING:
        raise TypeError(f"the field '{field.name}' was not given")
    return factory()


def _eq(self: Any, other: Any) -> Any:
    if self.__class__ is not other.__class__:
        return NotImplemented
    return self.__compared__(self) == other.__compared__(other)


def _hash(self: Any) -> int:
    return hash(self.__compared__(self))


def _repr(self: Any) -> str:
    shown = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({shown})"


def _is_frozen(self: Any, name: str) -> bool:
    """Whether an attribute is one of a record: what inherits from one without being one may have more."""
    return "__given__" in vars(type(self)) or name in self.__dataclass_fields__


def _setattr(self: Any, name: str, value: Any) -> None:
    if _is_frozen(self, name):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")
    object.__setattr__(self, name, value)


def _delattr(self: Any, name: str) -> None:
    if _is_frozen(self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")
    object.__delattr__(self, name)


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)


class _Signature:
    """What `help` shows of making a record."""

    def __get__(self, instance: object, made: Any) -> inspect.Signature:
        return inspect.Signature([_parameter(field) for field in made.__given__])


def _parameter(field: Field[Any]) -> inspect.Parameter:
    factory = field.default_factory
    default = field.default if factory is MISSING else factory
    default = inspect.Parameter.empty if default is MISSING else default
    return inspect.Parameter(
        field.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=field.type
    )


_COMPARISON: Final = {"__eq__": _eq, "__hash__": _hash}
_METHODS: Final = {
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
