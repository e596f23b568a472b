"""The failures a person can do something about."""


class ProjectError(Exception):
    """An expected failure, told in words: what happened, to which file, what to do now."""


class RefusedEdit(ProjectError):
    """An edit that a codebook rule refuses; the message names the rule."""


class ConflictError(ProjectError):
    """A change whose records are no longer what the project holds."""


class DamagedError(ProjectError):
    """A project file is not what it was: a backup or a repair into a new file may help."""


class OutdatedError(ProjectError):
    """A project file was made by an older Pressmark and has to be brought up to date."""


class LockedError(ProjectError):
    """A project file needs its password, or is none."""
