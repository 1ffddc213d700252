"""Models and figures of `practicum model` beside those of scikit-learn, XGBoost, LightGBM and ONNX Runtime."""

import argparse
import csv
import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, make_classification
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from networks import networks

# Figures are sums of the same numbers in another order.
FIGURE = 1e-9
# Weights are where the loss is flat, which both find as closely as they look.
WEIGHT = 1e-4
# Trees of other makers see other borders between bins.
AREA = 0.01


class Beside:
    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.passed, self.failed = 0, 0

    def model(self, *words):
        done = subprocess.run([self.program, "model", *words], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def refuses(self, name, said, *words):
        done = subprocess.run([self.program, "model", *words], capture_output=True, text=True, check=False)
        self.check(name, done.returncode == 1 and said in done.stderr, done.stderr.strip())

    def write(self, name, columns):
        path = self.folder / name
        with path.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in zip(*columns.values()):
                writer.writerow(["" if value != value else value for value in row])
        return str(path)

    def check(self, name, is_right, what=""):
        print(("ok      " if is_right else "FAILED  ") + name + (f": {what}" if what else ""))
        self.passed += bool(is_right)
        self.failed += not is_right

    def close(self, name, ours, theirs, within):
        apart = float(np.max(np.abs(np.asarray(ours, float) - np.asarray(theirs, float))))
        self.check(name, apart <= within, f"apart by {apart:.2e}, allowed {within:.0e}")


def table(features, outcome=None):
    columns = {f"x{at}": [repr(float(value)) if value == value else value for value in column]
               for at, column in enumerate(features.T)}
    if outcome is not None:
        columns["outcome"] = [int(value) for value in outcome]
    return columns


def read_risks(path):
    with open(path, newline="") as file:
        return np.array([float(row["risk"]) for row in csv.DictReader(file)])


def made(rows, seed):
    return make_classification(n_samples=rows, n_features=12, n_informative=6, n_clusters_per_class=3,
                               flip_y=0.1, weights=[0.85], random_state=seed)


def weights(beside):
    """The weights of logistic models, small and large enough for both halves of our method."""
    for name, (features, outcome) in {
        "breast cancer": load_breast_cancer(return_X_y=True),
        "made, 2000 rows": made(2_000, 1),
        "made, 60000 rows": made(60_000, 2),
    }.items():
        path = beside.write("train.csv", table(features, outcome))
        for strength in (0.01, 1.0):
            beside.model("fit", "--table", path, "--strength", str(strength), "--out", str(beside.folder / "m.json"))
            ours = json.loads((beside.folder / "m.json").read_text())
            scaled = StandardScaler().fit_transform(features)
            theirs = LogisticRegression(C=strength, tol=1e-10, max_iter=10_000).fit(scaled, outcome)
            found = [feature["weight"] for feature in ours["logistic"]["features"]]
            beside.close(f"weights, {name}, C = {strength}", found, theirs.coef_[0], WEIGHT)
            beside.close(f"intercept, {name}, C = {strength}", ours["logistic"]["intercept"], theirs.intercept_[0], WEIGHT)


def delong(outcome, risk):
    """Variance of the area by its definition, over every pair."""
    with_, without = risk[outcome == 1], risk[outcome == 0]
    above = (with_[:, None] > without[None, :]) + 0.5 * (with_[:, None] == without[None, :])
    return np.sqrt(np.var(above.mean(axis=1), ddof=1) / len(with_) + np.var(above.mean(axis=0), ddof=1) / len(without))


def expected_error(outcome, risk):
    places = np.minimum((risk * 10).astype(int), 9)
    parts = [(places == at) for at in range(10) if (places == at).any()]
    return sum(part.mean() * abs(risk[part].mean() - outcome[part].mean()) for part in parts)


def figures(beside):
    """Every figure, on risks with many ties and on risks without."""
    chance = np.random.default_rng(5)
    for name, rounded in (("risks with ties", 2), ("risks without ties", 15)):
        truth = chance.beta(1, 5, 4_000)
        outcome = (chance.random(4_000) < truth).astype(int)
        odds = np.log(truth / (1 - truth)) * 1.4 + 0.3 + chance.normal(0, 0.4, 4_000)
        risk = np.clip(np.round(1 / (1 + np.exp(-odds)), rounded), 0.01, 0.99)
        group = np.where(chance.random(4_000) < 0.3, "a", "b")
        columns = {"outcome": outcome, "risk": [repr(float(value)) for value in risk], "group": group}
        path = beside.write("judged.csv", columns)
        judged = json.loads(beside.model("judge", "--table", path, "--group", "group", "--threshold", "0.2", "--json"))
        ours = judged["overall"]
        beside.close(f"AUROC, {name}", ours["auroc"]["value"], roc_auc_score(outcome, risk), FIGURE)
        beside.close(f"error of AUROC, {name}", ours["auroc"]["error"], delong(outcome, risk), FIGURE)
        beside.close(f"AUPRC, {name}", ours["auprc"], average_precision_score(outcome, risk), FIGURE)
        beside.close(f"Brier score, {name}", ours["brier"], brier_score_loss(outcome, risk), FIGURE)
        beside.close(f"log loss, {name}", ours["log_loss"], log_loss(outcome, risk), FIGURE)
        beside.close(f"calibration error, {name}", ours["expected_calibration_error"],
                     expected_error(outcome, risk), FIGURE)
        odds = np.log(risk / (1 - risk))[:, None]
        line = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-14, max_iter=1_000).fit(odds, outcome)
        beside.close(f"calibration slope, {name}", ours["calibration"]["slope"], line.coef_[0][0], FIGURE)
        beside.close(f"calibration intercept, {name}", ours["calibration"]["intercept"], line.intercept_[0], FIGURE)
        for at in (5, 20, 50):
            found = ours["decision_curve"][at - 1]
            acted = risk >= found["threshold"]
            worth = (acted & (outcome == 1)).mean() - (acted & (outcome == 0)).mean() * at / (100 - at)
            beside.close(f"net benefit at {at} %, {name}", found["model"], worth, FIGURE)
        for part in judged["groups"]:
            own = group == part["name"]
            beside.close(f"AUROC of group {part['name']}, {name}", part["auroc"]["value"],
                         roc_auc_score(outcome[own], risk[own]), FIGURE)
            missed = (risk[own & (outcome == 1)] < 0.2).mean()
            beside.close(f"missed of group {part['name']}, {name}", part["missed"], missed, FIGURE)


def trees(beside):
    """Boosted trees on people held back, with and without missing values."""
    features, outcome = made(12_000, 3)
    gaps = features.copy()
    gaps[np.random.default_rng(4).random(gaps.shape) < 0.2] = np.nan
    for name, data in (("all values", features), ("one in five missing", gaps)):
        train, test, known, hidden = train_test_split(data, outcome, test_size=0.4, random_state=6)
        fitted = beside.write("train.csv", table(train, known))
        asked = beside.write("test.csv", table(test))
        model, risks = str(beside.folder / "m.json"), str(beside.folder / "risks.csv")
        beside.model("fit", "--table", fitted, "--kind", "boosting", "--out", model)
        beside.model("risk", "--model", model, "--table", asked, "--out", risks, "--explain")
        ours = roc_auc_score(hidden, read_risks(risks))
        peer = HistGradientBoostingClassifier(max_iter=100, learning_rate=0.1, max_depth=6, max_leaf_nodes=None,
                                              l2_regularization=1.0, early_stopping=False).fit(train, known)
        beside.close(f"area of boosted trees, {name}", ours, roc_auc_score(hidden, peer.predict_proba(test)[:, 1]), AREA)
        with open(risks, newline="") as file:
            rows = list(csv.DictReader(file))[:200]
        margins = [sum(float(value) for key, value in row.items() if key != "risk") for row in rows]
        beside.close(f"contributions add up to the risk, {name}", 1 / (1 + np.exp(-np.array(margins))),
                     [float(row["risk"]) for row in rows], FIGURE)


def bad_input(beside):
    path = beside.write("bad.csv", {"x0": [1, "many", 3], "outcome": [0, 1, 0]})
    out = str(beside.folder / "none.json")
    beside.refuses("a word among numbers is refused at its place", "row 2", "fit", "--table", path, "--out", out)
    path = beside.write("bad.csv", {"x0": [1, 2, 3], "outcome": [1, 1, 1]})
    beside.refuses("one outcome is refused", "every outcome is 1", "fit", "--table", path, "--out", out)
    path = beside.write("bad.csv", {"x0": [1, 2, 3, 4], "outcome": [0, 0, 1, 1]})
    beside.refuses("what never settles is refused", "penalty", "fit", "--table", path, "--out", out)
    path = beside.write("bad.csv", {"risk": [0.1, 1.2], "outcome": [0, 1]})
    beside.refuses("a risk above 1 is refused", "row 2", "judge", "--table", path)
    path = beside.write("bad.json", {"no": ["model"]})
    beside.refuses("what is no model is refused", "no model file", "risk", "--model", path, "--table", path, "--out", out)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--program", required=True)
    with tempfile.TemporaryDirectory() as folder:
        beside = Beside(arguments.parse_args().program, Path(folder))
        for part in (weights, figures, trees, bad_input):
            part(beside)
        networks(beside, read_risks)
        print(f"{beside.passed} passed, {beside.failed} failed, 0 skipped")
        raise SystemExit(beside.failed > 0)


if __name__ == "__main__":
    main()
