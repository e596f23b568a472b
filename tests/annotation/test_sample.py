"""The sample project."""

import pytest
from memory_store import MemoryStore

from annotation.errors import ProjectError
from annotation.sample import make_sample


def test_where_its_folder_cannot_be_written_there_is_a_sentence(tmp_path):
    with pytest.raises(ProjectError, match=r"gone cannot be written \(No such file.*Open or make"):
        make_sample(tmp_path / "gone" / "sample.pressmark", MemoryStore)
