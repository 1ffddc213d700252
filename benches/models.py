"""What fitting a model costs beside scikit-learn and XGBoost: one thread each, processor seconds, the same rows.

python benches/models.py [ROWS COLUMNS], after `pip install numpy scikit-learn xgboost`.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import xgboost
from sklearn.datasets import make_classification
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).parent.parent


def timed(name, fit, test, hidden, trials=3):
    best = None
    for _ in range(trials):
        before = time.process_time()
        model = fit()
        spent = time.process_time() - before
        best = spent if best is None else min(best, spent)
    area = roc_auc_score(hidden, model.predict_proba(test)[:, 1])
    print(json.dumps({"model": name, "cpu_s": round(best, 3), "auroc": round(area, 5)}))


def main():
    rows, columns = map(int, sys.argv[1:3] or (200_000, 40))
    features, outcome = make_classification(n_samples=rows, n_features=columns, n_informative=columns // 3,
                                            n_clusters_per_class=4, flip_y=0.1, weights=[0.8], random_state=7)
    border = rows // 4 * 3
    train, test, known, hidden = features[:border], features[border:], outcome[:border], outcome[border:]
    print(f"{border} rows to learn from, {rows - border} held back, {columns} columns")
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        heading = ",".join([f"x{at}" for at in range(columns)] + ["outcome"])
        np.savetxt(table, np.column_stack([features, outcome]), delimiter=",", header=heading, comments="", fmt="%.17g")
        example = ["cargo", "run", "--quiet", "--release", "--package", "models", "--example", "speed", "--", str(table)]
        subprocess.run(example, cwd=ROOT, check=True)
        found = [json.loads(line) for _ in range(3)
                 for line in subprocess.run(example, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()]
    for name in ("logistic", "boosting"):
        best = min((one for one in found if one["model"] == name), key=lambda one: one["cpu_s"])
        print(json.dumps({**best, "model": f"ours, {name}"}))

    def logistic():
        scaler = StandardScaler().fit(train)
        return LogisticRegression(C=1.0, tol=1e-4, max_iter=1000).fit(scaler.transform(train), known)

    scaled = StandardScaler().fit(train).transform(test)
    timed("scikit-learn, logistic, scaling included", logistic, scaled, hidden)
    timed("XGBoost, hist", lambda: xgboost.XGBClassifier(
        n_estimators=100, max_depth=6, learning_rate=0.1, tree_method="hist", n_jobs=1).fit(train, known), test, hidden)
    timed("scikit-learn, HistGradientBoosting", lambda: HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.1, max_leaf_nodes=31, early_stopping=False).fit(train, known), test, hidden)


if __name__ == "__main__":
    main()
