#!/usr/bin/env python3
"""Score `dedupe --json` against labels: score.py SCORER GOLD.jsonl CLUSTERS.json; prints the ARI.

Members are known by their key: the id of a JSON Lines row, or the name of a file without directory and ".html".
"""
import json
import os
import subprocess
import sys
import tempfile

scorer, gold, clusters = sys.argv[1:]
with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as pred:
    with open(clusters, encoding="utf-8") as f:
        for line in f:
            row = json.loads(line)
            if row.get("type") != "cluster" or row.get("level") != "story":
                continue
            for m in row["members"]:
                name = os.path.basename(m.get("key") or m["id"])
                pred.write("%s\t%s\n" % (name[:-5] if name.endswith(".html") else name, row["id"]))
    pred.flush()
    out = subprocess.run([sys.executable, scorer, gold, pred.name, "--json"], check=True, capture_output=True)
print("%.4f" % json.loads(out.stdout)["ARI"])
