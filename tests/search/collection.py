"""A small invented collection in both languages and scripts, and the names that it knows."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

from indexer.engines import open_engine
from indexer.pipeline.run import Options
from indexer.pipeline.update import update
from indexer.settings import Settings, load_settings

AUTHORITY = {
    "persons.toml": """
[[person]]
id = "lin-aiping"
names = { en = ["Lin Aiping"], zh-Hans = ["林爱萍"], zh-Hant = ["林愛萍"] }
source = ["invented for the tests"]

[[person]]
id = "zhou-heping"
names = { en = ["Zhou Heping"], zh-Hans = ["周和平"], zh-Hant = ["周和平"] }
source = ["invented for the tests"]

[[person]]
id = "vaclav-novotny"
names = { en = ["Václav Novotný"] }
source = ["invented for the tests"]

[[person]]
id = "wu-tong-doctor"
names = { en = ["Wu Tong"], zh-Hans = ["吴桐"], zh-Hant = ["吳桐"] }
distinguisher = "a doctor"
not_same_as = ["wu-tong-editor"]
roles = ["doctor", "医生"]
shared_name = true
source = ["invented for the tests"]

[[person]]
id = "wu-tong-editor"
names = { en = ["Wu Tong"], zh-Hans = ["吴彤"], zh-Hant = ["吳彤"] }
distinguisher = "an editor"
not_same_as = ["wu-tong-doctor"]
roles = ["editor", "编辑"]
shared_name = true
source = ["invented for the tests"]
""",
    "organisations.toml": """
[[organisation]]
id = "harbour-reading-circle"
names = { en = ["Harbour Reading Circle"], zh-Hans = ["海港读书会"], zh-Hant = ["海港讀書會"] }
acronyms = ["HRDC"]
source = ["invented for the tests"]
""",
    "charges.toml": """
[[charge]]
id = "smuggling-relics"
names = { en = ["smuggling rare relics"], zh-Hans = ["走私珍稀古物罪"], zh-Hant = ["走私珍稀古物罪"] }
bare = true
source = ["invented for the tests"]
""",
    "violations.toml": """
[[violation]]
id = "exit-ban"
names = { en = ["exit ban", "exit bans"], zh-Hans = ["限制出境"], zh-Hant = ["限制出境"] }
source = ["invented for the tests"]
""",
    "places.toml": """
[[place]]
id = "wuxu"
names = { en = ["Wuxu"], zh-Hans = ["乌许"], zh-Hant = ["烏許"] }
source = ["invented for the tests"]
""",
    "topics.toml": """
[[topic]]
id = "lantern-law"
names = { en = ["Lantern Law"], zh-Hans = ["灯笼法"], zh-Hant = ["燈籠法"] }
source = ["invented for the tests"]
""",
}

#: id: (title, date, text)
DOCUMENTS = {
    "lin-en": (
        "Museum keeper Lin Aiping on trial",
        "2018-11-01",
        "Lin Aiping, a keeper of the harbour museum, was tried in Wuxu for smuggling rare relics. "
        "The families’ lawyers were not let in. She had been under an exit ban since May.",
    ),
    "lin-hans": (
        "林爱萍案开庭",
        "2018-11-03",
        "对林爱萍的判决尚未公布。林爱萍等人被控走私珍稀古物罪。709律师没有到庭。"
        "她的家人说：“我们会等下去。”",
    ),
    "lin-hant": (
        "林愛萍被限制出境",
        "2019-02-10",
        "海港讀書會說，林愛萍律師自五月起被限制出境。這是烏許法院的決定，也是燈籠法的首例。",
    ),
    "heping": ("周和平获释", "2020-05-04", "周和平等人昨日获释。周和平在乌许的家中说，他很好。"),
    "peace": ("和平的港口", "2021-03-02", "人们要求和平。和平不是沉默，和平是对话。"),
    "doctor": ("A doctor in Wuxu", "2021-07-09", "The doctor Wu Tong (吴桐) wrote of the flood. Wu Tong kept a diary."),
    "editor": ("An editor resigns", "2022-01-20", "The editor Wu Tong (吴彤) left the paper. Wu Tong gave no reason."),
    "circle": (
        "Harbour Reading Circle closes",
        "2020-12-24",
        "The Harbour Reading Circle (HRDC) closed its doors. To be or not to be open was the question, it said. "
        "Members feared re-education classes and the Lantern Law.",
    ),
    "turkic": ("Turkic songs", None, "A choir sang Turkic songs in the market. Václav Novotný applauded."),
    "turk": ("A Turk in the harbour", "2015-06-06", "A Turk sold bread. A cat slept; the committee CAT met elsewhere."),
    "cats": ("Cats", "2015-06-07", "A cat is a cat. Every cat sleeps by the harbour."),
    "summit": ("G20峰会前的码头", "2016-09-05", "G20峰会期间码头关闭。瞭解情况的工人说，計畫早已定好。"),
    "quarrel": ("吵架的邻居", None, "两个邻居反覆吵架，他们很沈默地离开。海港的猫看着。"),
}  # fmt: skip

_EN = [
    "The court in Wuxu heard the lawyers.", "Lin Aiping was seen at the harbour.", "The Harbour Reading Circle met.",
    "An exit ban was lifted.", "Nobody was charged with smuggling rare relics.", "The market was quiet.",
    "Fishermen waited for rain.", "A new pier was opened.",
]  # fmt: skip
_ZH = [
    "法院听取了律师的意见。", "林爱萍昨日在海港出现。", "海港讀書會舉行了聚會。", "限制出境的决定已经撤销。",
    "碼頭很安静。",
    "乌许下了雨。", "周和平发言。", "渔民等待下雨。",
]  # fmt: skip


def documents(more: int = 40) -> dict[str, tuple[str, str | None, str]]:
    """Return the documents above and ``more`` of sentences put together by chance, always the same."""
    chance = random.Random(7)
    made = {}
    for number in range(more):
        sentences = chance.choice([_EN, _ZH])
        chosen = chance.sample(sentences, chance.randrange(1, 5))
        date = chance.choice([None, "2015", "2018-11-01", "2019-02", "2020-05-04", "2023-01-01"])
        made[f"more-{number:02}"] = (chance.choice(chosen).rstrip(".。"), date, "".join(f"{s} " for s in chosen))
    return {**DOCUMENTS, **made}


def write_documents(folder: Path, all_documents: Mapping[str, tuple[str, str | None, str]]) -> None:
    """Write each document as a Markdown file."""
    folder.mkdir(parents=True, exist_ok=True)
    for id, (title, date, text) in all_documents.items():
        dated = f"date: {date}\n" if date else ""
        kind = "kind: note\n" if id.endswith("7") else ""
        front = f'---\nid: {id}\ntitle: "{title}"\n{dated}{kind}---\n'
        (folder / f"{id}.md").write_text(front + text + "\n", encoding="utf-8")


def write_authority(folder: Path, tables: Mapping[str, str] = AUTHORITY) -> None:
    """Write authority files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")


def build(folder: Path, all_documents: Mapping[str, tuple[str, str | None, str]] | None = None) -> Settings:
    """Index a collection below ``folder`` and return the settings that open it."""
    write_authority(folder / "authority")
    write_documents(folder / "documents", documents() if all_documents is None else all_documents)
    engine = open_engine("whoosh", folder / "index")
    summary = update(engine, folder / "authority", [folder / "documents"], (), Options(processes=1))
    assert summary.failed == []
    return load_settings(environment={}).replaced(
        corpus_authority=str(folder / "authority"), index_folder=str(folder / "index"),
        corpus_roots=[str(folder / "documents")],
    )  # fmt: skip
