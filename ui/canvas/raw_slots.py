"""The two functions of a text interface that PySide leaves empty, filled by hand.

`QAccessibleTextInterface::selection` and `::attributes` answer through pointers to int.
PySide6 6.11 gives Python no say in them: what a screen reader reads there is whatever was
in memory. On Linux for x86-64, where this was tried through AT-SPI, their places in the
object's table of virtual functions are taken by functions of our own. The order of the
table is that of the class in Qt's header `qaccessible.h` and part of Qt 6's binary
interface; what a slot is called with is the Itanium C++ ABI's business. Nothing is done on
other systems: there the labels and the selection are announced in words only.
"""

import ctypes
import os
import sys
from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtGui import QAccessibleTextInterface

from ui.utf16 import in_memory

Number = ctypes.POINTER(ctypes.c_int)
SELECTION = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, Number, Number)
# A QString comes back in memory that the caller gives as a hidden first argument.
ATTRIBUTES = ctypes.CFUNCTYPE(
    ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, Number, Number
)

BEFORE = 2
"""What stands before the first function: offset to the whole object, and its type."""

SELECTION_SLOT, ATTRIBUTES_SLOT, SLOTS = 2, 17, 18
"""After two destructors, in the order of the header."""

KEPT = 64
"""How many answers are kept alive: Qt reads one at once and copies it."""


class String(ctypes.Structure):
    """A QString over memory that is not its own: no header, the units, how many."""

    _fields_ = (
        ("header", ctypes.c_void_p),
        ("units", ctypes.c_void_p),
        ("length", ctypes.c_ssize_t),
    )


class RawSlots:
    """Answers `selection` and `attributes` of one text interface, where that can be done."""

    def __init__(
        self,
        interface: QAccessibleTextInterface,
        chosen: Callable[[], tuple[int, int]],
        run: Callable[[int], tuple[str, int, int]],
    ) -> None:
        self._chosen = chosen
        self._run = run
        self._answers: deque[ctypes.Array] = deque(maxlen=KEPT)
        self._selection = SELECTION(self._answer_selection)
        self._attributes = ATTRIBUTES(self._answer_attributes)
        self.filled = sys.platform == "linux" and os.uname().machine == "x86_64"
        if self.filled:
            self._fill(shiboken6.getCppPointer(interface)[0])

    def _fill(self, address: int) -> None:
        table = ctypes.c_void_p.from_address(address)
        width = ctypes.sizeof(ctypes.c_void_p)
        count = BEFORE + SLOTS
        usual = (ctypes.c_void_p * count).from_address(table.value - BEFORE * width)
        self._table = (ctypes.c_void_p * count)(*usual)
        for slot, function in (
            (SELECTION_SLOT, self._selection),
            (ATTRIBUTES_SLOT, self._attributes),
        ):
            self._table[BEFORE + slot] = ctypes.cast(function, ctypes.c_void_p)
        table.value = ctypes.addressof(self._table) + BEFORE * width

    def _answer_selection(self, this: int, number: int, start: object, end: object) -> None:
        start[0] = end[0] = 0
        start[0], end[0] = self._chosen()

    def _answer_attributes(
        self, result: int, this: int, offset: int, start: object, end: object
    ) -> int:
        answer = String.from_address(result)
        answer.header = answer.units = None
        answer.length = 0
        start[0] = end[0] = offset
        said, start[0], end[0] = self._run(offset)
        units = in_memory(said)
        memory = ctypes.create_string_buffer(units, len(units) + 2)
        self._answers.append(memory)
        answer.units = ctypes.addressof(memory)
        answer.length = len(units) // 2
        return result
