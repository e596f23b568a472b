"""Runs the programs that pack, so that the same files give the same bytes."""

import os
import subprocess
from collections.abc import Sequence

from resources.packaging.changes import built
from resources.packaging.component import BuildError


def run_packer(command: Sequence[str]) -> None:
    """Run a packing program at the time of the commit; BuildError with its words if it fails."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(built().timestamp()))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}")
