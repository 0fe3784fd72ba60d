"""An official name with 、 stands for all its lawful parts, and for nothing else."""

import pytest

from indexer.authority.selective import expand

STATE_SECRETS = "为境外{窃取|刺探|收买|非法提供}{国家秘密|情报}罪"
CULT = "{{组织|利用}{会道门|邪教组织}|利用迷信}破坏法律实施罪"


@pytest.mark.parametrize(
    ("pattern", "part"),
    [
        (STATE_SECRETS, "为境外非法提供国家秘密罪"),
        (STATE_SECRETS, "为境外刺探、非法提供情报罪"),
        (STATE_SECRETS, "为境外窃取、刺探、收买、非法提供国家秘密、情报罪"),
        (STATE_SECRETS, "为境外窃取、刺探、收买和非法提供国家秘密罪"),
        (CULT, "利用邪教组织破坏法律实施罪"),
        (CULT, "组织、利用邪教组织破坏法律实施罪"),
        (CULT, "组织利用邪教组织破坏法律实施罪"),
        (CULT, "利用迷信破坏法律实施罪"),
    ],
)
def test_lawful_parts_are_names(pattern: str, part: str) -> None:
    assert part in expand(pattern)


@pytest.mark.parametrize("other", ["为境外罪", "为境外国家秘密罪", "为境外收买、窃取情报罪", "为境外窃取罪", ""])
def test_nothing_else_is(other: str) -> None:
    assert other not in expand(STATE_SECRETS)


def test_plain_name_stands_for_itself() -> None:
    assert expand("寻衅滋事罪") == ("寻衅滋事罪",)


def test_every_nonempty_choice_is_made_once() -> None:
    names = expand("{甲|乙|丙}罪")
    assert len(names) == len(set(names))
    assert {name for name in names if "、" not in name and len(name) == 2} == {"甲罪", "乙罪", "丙罪"}
    assert "甲、丙罪" in names
    assert "丙、甲罪" not in names


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [("{甲|乙罪", "never closed"), ("甲}罪", "has no {"), ("{甲|}罪", "is empty"), ("{}罪", "is empty")],
)
def test_a_broken_pattern_says_where(pattern: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        expand(pattern)
