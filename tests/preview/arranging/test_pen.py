"""What the preview writes into editor.md, without a browser: steps back and forth."""

from __future__ import annotations

from pathlib import Path

from digest.preview.arranging import Pen, digest_of
from digest.preview.arranging.pen import MOST_STEPS


def test_the_last_200_acts_can_be_undone_and_done_again(tmp_path: Path) -> None:
    pen = Pen(tmp_path)
    told = pen.undo()
    assert (told.editor, told.undo, told.redo) == ("none", 0, 0)
    for number in range(MOST_STEPS + 1):
        now = pen.write(told.editor, lambda text: f"{text}.")
        assert now.undo == min(number + 1, 200)
        told = now
    for number in range(MOST_STEPS):
        told = pen.undo()
        assert (told.undo, told.redo) == (199 - number, number + 1)
    assert (tmp_path / "editor.md").read_text() == "."
    assert (pen.undo(), pen.steps) == (told, (0, 200))
    assert pen.redo().editor == digest_of("..")
    assert pen.steps == (1, 199)
    assert pen.write(digest_of(".."), lambda text: text).undo == 1, "what changes nothing is none"
    assert pen.write(digest_of(".."), str.upper).redo == 199
    assert pen.write(digest_of(".."), lambda text: f"{text}!").redo == 0
