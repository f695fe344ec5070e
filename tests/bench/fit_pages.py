"""What fit_text.py and fit_blocks.py share: pages, their lines or blocks, and what belongs to the story."""
import difflib
import glob
import hashlib
import os
import re
import subprocess

import numpy as np

WORD = re.compile(r"\w+")


def unpack(shared, work):
    for tar in glob.glob(os.path.join(shared, "data", "*.tar.zst")):
        subprocess.run("zstd -dcq '%s' | tar -xf - -C '%s'" % (tar, work), shell=True, check=True)


def squeeze(s):
    return " ".join(s.split())


class Page:
    """lines, their features, which belong to the story"""

    def __init__(self, path, lines, features):
        self.path, self.name = path, os.path.basename(path)
        self.lines, self.features = lines, features
        self.words = [WORD.findall(t) for t in lines]
        self.keep = None

    def label(self, body):
        """a line belongs to the story when most of its words do, in order"""
        flat = [w for line in self.words for w in line]
        owner = [i for i, line in enumerate(self.words) for _ in line]
        hits = np.zeros(len(self.lines))
        for a, _, n in difflib.SequenceMatcher(None, flat, WORD.findall(body), autojunk=False).get_matching_blocks():
            for k in range(a, a + n):
                hits[owner[k]] += 1
        self.keep = hits > 0.5 * np.array([max(1, len(line)) for line in self.words])


def part(name, n):
    return int(hashlib.md5(name.encode()).hexdigest(), 16) % n


def dump(command, files):
    """what bench_features or bench_blocks prints of files -> names of the features, {file: (lines, features)}"""
    found, rows, names = {}, None, None
    for start in range(0, len(files), 200):
        out = subprocess.run(command + files[start:start + 200], check=True, capture_output=True).stdout
        for line in out.decode("utf-8", "replace").split("\n"):
            cells = line.split("\t")
            if cells[0] == "names":
                names = cells[1:]
            elif cells[0] == "page":
                rows = found.setdefault(cells[1], ([], []))
            elif len(cells) == 2:
                rows[0].append(cells[0])
                rows[1].append([kv.split(":") for kv in cells[1].split()])
    for path, (lines, sparse) in found.items():
        dense = np.zeros((len(lines), len(names)), np.float32)
        for i, row in enumerate(sparse):
            for k, v in row:
                dense[i, int(k)] = float(v)
        found[path] = (lines, dense)
    return names, found
