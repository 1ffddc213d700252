"""Models that scikit-learn, XGBoost and LightGBM export as ONNX: `practicum model score` beside ONNX Runtime, row by row."""

import warnings

import numpy as np
import onnx.helper
import onnxruntime
import pandas as pd
from lightgbm import LGBMClassifier
from onnxmltools import convert_lightgbm, convert_xgboost
from onnxmltools.convert.common.data_types import FloatTensorType as ToolsFloat
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType
from sklearn.calibration import CalibratedClassifierCV
from sklearn.compose import make_column_transformer
from sklearn.datasets import make_classification
from sklearn.ensemble import (ExtraTreesClassifier, GradientBoostingClassifier, HistGradientBoostingClassifier,
                              RandomForestClassifier)
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, Normalizer, StandardScaler
from sklearn.tree import DecisionTreeClassifier
from xgboost import XGBClassifier

# Both add in single precision, in another order.
RISK = 1e-6
WIDTH = 8
NAMES = [f"x{at}" for at in range(WIDTH)]

make_attribute = onnx.helper.make_attribute


def whole_numbers(name, value, *rest, **more):
    """skl2onnx 1.20 hands truth values of histogram trees on, which onnx 1.23 takes no more."""
    if isinstance(value, (list, tuple)) and any(isinstance(one, (bool, np.bool_)) for one in value):
        value = [int(one) for one in value]
    return make_attribute(name, value, *rest, **more)


def exports(whole, gaps, outcome):
    """Each model as bytes, with the rows it is asked about."""
    one_table = [("X", FloatTensorType([None, WIDTH]))]

    def of_sklearn(model, rows):
        return convert_sklearn(model.fit(rows, outcome), initial_types=one_table)

    many = {
        "logistic regression": (LogisticRegression(), whole),
        "scaled": (make_pipeline(StandardScaler(), LogisticRegression()), whole),
        "imputed": (make_pipeline(SimpleImputer(strategy="median"), StandardScaler(), LogisticRegression()), gaps),
        "normalized": (make_pipeline(Normalizer(), MinMaxScaler(), LogisticRegression()), whole),
        "calibrated": (CalibratedClassifierCV(LogisticRegression(), cv=3), whole),
        "a decision tree": (DecisionTreeClassifier(max_depth=6), whole),
        "a random forest": (RandomForestClassifier(100), whole),
        "extra trees": (ExtraTreesClassifier(100), whole),
        "gradient boosting": (GradientBoostingClassifier(), whole),
        "histogram boosting": (HistGradientBoostingClassifier(), gaps),
        "a small network": (MLPClassifier((16, 8), max_iter=150), whole),
    }
    for name, (model, rows) in many.items():
        yield name, of_sklearn(model, rows), rows
    named = make_pipeline(make_column_transformer((StandardScaler(), NAMES[:3]), ("passthrough", NAMES[3:])), LogisticRegression())
    named.fit(pd.DataFrame(whole, columns=NAMES), outcome)
    yield "columns by name", convert_sklearn(named, initial_types=[(name, FloatTensorType([None, 1])) for name in NAMES]), whole
    tools = [("X", ToolsFloat([None, WIDTH]))]
    yield "XGBoost", convert_xgboost(XGBClassifier(n_estimators=100).fit(gaps, outcome), initial_types=tools), gaps
    yield "LightGBM", convert_lightgbm(LGBMClassifier(n_estimators=100, verbose=-1).fit(gaps, outcome), initial_types=tools), gaps


def theirs(model, rows):
    session = onnxruntime.InferenceSession(model)
    inputs = session.get_inputs()
    named = {one.name: rows[:, [at]] for at, one in enumerate(inputs)}
    found = session.run(None, {inputs[0].name: rows} if len(inputs) == 1 else named)[1]
    return np.array([row[1] for row in found])


def networks(beside, read_risks):
    """Every export is read, and gives the risks that ONNX Runtime gives; what is not read is refused by name."""
    warnings.filterwarnings("ignore")
    onnxruntime.set_default_logger_severity(3)
    onnx.helper.make_attribute = whole_numbers
    whole, outcome = make_classification(n_samples=2_000, n_features=WIDTH, n_informative=5, flip_y=0.1, random_state=7)
    whole = whole.astype(np.float32)
    gaps = whole.copy()
    gaps[np.random.default_rng(8).random(gaps.shape) < 0.15] = np.nan
    path, risks = beside.folder / "model.onnx", str(beside.folder / "risks.csv")
    for name, model, rows in exports(whole, gaps, outcome):
        path.write_bytes(model.SerializeToString())
        asked = beside.write("asked.csv", {name: [repr(float(value)) if value == value else value for value in column]
                                           for name, column in zip(NAMES, rows.T)})
        beside.model("score", "--onnx", str(path), asked, "--out", risks)
        beside.close(f"ONNX, {name}", read_risks(risks), theirs(path.read_bytes(), rows), RISK)
    bayes = convert_sklearn(GaussianNB().fit(whole, outcome), initial_types=[("X", FloatTensorType([None, WIDTH]))])
    path.write_bytes(bayes.SerializeToString())
    beside.refuses("an operator that is not read is named", "Reshape", "score", "--onnx", str(path), asked, "--out", risks)
    path.write_bytes(b"no model")
    beside.refuses("what is no ONNX is refused", "not ONNX", "score", "--onnx", str(path), asked, "--out", risks)
