"""Two fingers on a touch pad or a screen, as a change of size."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture


def pinched(event: QEvent) -> float:
    """Return by how much fingers enlarge (1 for not at all), 0 where the usual size is wanted."""
    if isinstance(event, QNativeGestureEvent):
        kind = event.gestureType()
        if kind == Qt.NativeGestureType.ZoomNativeGesture:
            return max(1 + event.value(), 0.1)
        return 0.0 if kind == Qt.NativeGestureType.SmartZoomNativeGesture else 1.0
    if isinstance(event, QGestureEvent):
        pinch = event.gesture(Qt.GestureType.PinchGesture)
        if isinstance(pinch, QPinchGesture):
            return pinch.scaleFactor()
    return 1.0
