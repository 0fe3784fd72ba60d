"""Where jieba keeps its cache, and that it cuts without gaps."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis import segment
from indexer.analysis.segment import Segmenter

SEGMENTER = Segmenter(["林爱萍"])


@given(st.text(st.sampled_from("林爱萍的判决维权律师被捕々〇ひカー㐀𠀀𪚥龥豈乱七八糟"), min_size=1, max_size=30))
def test_pieces_join_to_the_run(run: str) -> None:
    assert "".join(SEGMENTER.cut(run)) == run


def test_the_cache_lies_in_a_private_folder(tmp_path: Path) -> None:
    shared = tmp_path / "shared-temporary"
    shared.mkdir()
    program = "from indexer.analysis.segment import Segmenter; print(Segmenter().cut('维权律师')[0])"
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(shared)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True)
    folder = tmp_path / "cache" / "hrsearch"
    assert [file.name for file in folder.iterdir()] == ["jieba.cache"]
    assert folder.stat().st_mode & 0o077 == 0
    assert list(shared.iterdir()) == []


def test_a_folder_that_others_can_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_to_all = tmp_path / "hrsearch"
    open_to_all.mkdir()
    open_to_all.chmod(0o777)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = segment._private_folder()
    assert folder != open_to_all
    assert folder.stat().st_mode & 0o077 == 0
    folder.rmdir()


def test_nothing_is_loaded_before_the_first_cut() -> None:
    program = (
        "import sys; from indexer.analysis import Analyzer; Analyzer(['林爱萍']).version; print('jieba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
