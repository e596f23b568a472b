"""Reads the window as a screen reader does: over AT-SPI, the accessibility bus of Linux.

Run by test_screen_reader.py with a Python that has python3-dbus, in a D-Bus session of its
own: LISTENER PYTHON PROJECT. Starts the program, looks for the text on the bus, and prints
as JSON what is there.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import dbus

MAIN = Path(__file__).resolve().parents[2] / "main.py"
OBJECT, TEXT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Text"
TOP = "/org/a11y/atspi/accessible/root"
PATIENCE = 40.0


def listen(bus):
    """Look at all objects until the text with its interface is among them."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = search(bus, "org.a11y.atspi.Registry", TOP)
        if found is not None:
            return found
    raise SystemExit("The text was not found on the bus.")


def search(bus, owner, path):
    """Return the text at or under an object, once it has a text interface."""
    thing = bus.get_object(owner, path)
    try:
        name = thing.Get(OBJECT, "Name", dbus_interface=dbus.PROPERTIES_IFACE)
        if name == "Article text":
            interfaces = thing.GetInterfaces(dbus_interface=OBJECT)
            return thing if TEXT in interfaces else None
        for child in thing.GetChildren(dbus_interface=OBJECT):
            found = search(bus, *child)
            if found is not None:
                return found
    except dbus.DBusException:
        pass  # not there yet, or gone again
    return None


def main(python, project):
    """Start the program, read its text, and print what was read."""
    environment = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_QPA_PLATFORM": "xcb"}
    program = subprocess.Popen([python, str(MAIN), project], env=environment)
    try:
        session = dbus.SessionBus().get_object("org.a11y.Bus", "/org/a11y/bus")
        bus = dbus.bus.BusConnection(session.GetAddress(dbus_interface="org.a11y.Bus"))
        thing = listen(bus)
        text = dbus.Interface(thing, TEXT)
        text.SetCaretOffset(9)
        caret = thing.Get(TEXT, "CaretOffset", dbus_interface=dbus.PROPERTIES_IFACE)
        text.AddSelection(9, 15)
        found = {
            "text": text.GetText(0, 15),
            "caret": caret,
            "word": text.GetTextAtOffset(12, dbus.UInt32(1)),
            "selections": text.GetNSelections(),
            "selection": text.GetSelection(0),
            "run": text.GetAttributeRun(9, False)[1:],
            "box": text.GetCharacterExtents(9, dbus.UInt32(0)),
            "description": thing.Get(OBJECT, "Description", dbus_interface=dbus.PROPERTIES_IFACE),
        }
        print(json.dumps(found))
    finally:
        program.terminate()
        program.wait(10)


if __name__ == "__main__":
    main(*sys.argv[1:])
