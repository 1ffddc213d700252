"""What a release tells about single people, counted again by pandas, and counts with noise."""

import pandas

NAME = "pandas"
TELLING = ["birth_date", "gender", "zip"]
RELEASE = "SELECT patients.id AS patient_id, birth_date, gender, zip, icd10_code FROM patients JOIN conditions ON conditions.patient_id = patients.id WHERE icd10_code LIKE 'E11%'"


def missing():
    """Never: pandas comes with the list of packages."""
    return None


def frame_of(lake, sql):
    """An answer as a frame of pandas."""
    answer = lake.call("POST", "sql", {"sql": sql})
    return pandas.DataFrame(answer["rows"], columns=[column["name"] for column in answer["columns"]])


def alike(frame, columns):
    """How many rows have what each row tells."""
    return frame.groupby(columns, dropna=False)[columns[0]].transform("size")


def counts_what_the_server_counts(lake):
    """Classes, the smallest of them, and those found in a register of everybody, by two programs."""
    lake.call("POST", "lake/questions", {"name": "diabetes", "sql": RELEASE})
    seen = lake.call("POST", "lake/release-check", {"question": "diabetes", "telling": TELLING, "sensitive": "icd10_code", "k": 5, "left_out_max": 0.05})
    frame = frame_of(lake, RELEASE)
    everybody = frame_of(lake, "SELECT id, birth_date, gender, zip FROM patients")
    assert seen["rows"] == len(frame) > 50, seen
    assert seen["k"] == alike(frame, TELLING).min(), seen
    assert seen["alone"] == (alike(frame, TELLING) == 1).sum(), seen
    unique = everybody[alike(everybody, TELLING) == 1]
    assert seen["attack"]["found"] == frame.merge(unique, left_on=["patient_id", *TELLING], right_on=["id", *TELLING]).shape[0], seen


def coarser_is_enough(lake):
    """The best way of the server, taken by pandas, leaves as many alike as was asked."""
    lake.call("POST", "lake/questions", {"name": "diabetes", "sql": RELEASE})
    seen = lake.call("POST", "lake/release-check", {"question": "diabetes", "telling": TELLING, "k": 5, "left_out_max": 0.05})
    best = seen["ways"][0]
    frame = frame_of(lake, RELEASE)
    for column in best["columns"]:
        frame[column["name"]] = frame[column["name"]].map(lambda value, column=column: coarse(column["name"], str(value), column["step"]))
    few = alike(frame, TELLING) < 5
    assert few.sum() == best["left_out"] <= 0.05 * len(frame), best
    assert best["attack"]["found"] < seen["attack"]["found"], seen


def coarse(name, value, step):
    """A value a step up, written here anew."""
    if name == "birth_date":
        year = int(value[:4])
        return [value, value[:7], value[:4], f"{year // 5 * 5}", f"{year // 10 * 10}", "*"][step]
    if name == "zip":
        return [value, value[:3], "*"][step]
    return [value, "*"][step]


def pays_for_noise(lake):
    """Counts are near the truth, cost what they cost, and end with the budget."""
    truth = dict(lake.rows("SELECT gender, count(*) FROM patients GROUP BY gender"))
    asked = {"table": "patients", "column": "gender", "groups": ["female", "male"], "epsilon": 0.4}
    first = lake.call("POST", "lake/private-counts", asked)
    assert first["cost"] == 0.4 and abs(first["left"] - 0.6) < 1e-9, first
    for count in first["counts"]:
        # Beyond 60 lies less than one answer in 10^10 at epsilon 0.4.
        assert abs(count["people"] - truth[count["group"]]) < 60, (count, truth)
    lake.refused_by("lake/private-counts", {**asked, "groups": ["female", "female"]})
    lake.call("POST", "lake/private-counts", asked)
    refused = lake.refused_by("lake/private-counts", asked)
    assert "epsilon" in refused["detail"], refused
    # What would fail for one person and not for others has no value there, so that no error tells of anybody.
    fails = {**asked, "epsilon": 0.1, "condition": "1 / (CASE WHEN gender = 'female' THEN 0 ELSE 1 END) = 1"}
    people = {count["group"]: count["people"] for count in lake.call("POST", "lake/private-counts", fails)["counts"]}
    # Beyond 240 lies less than one answer in 10^10 at epsilon 0.1.
    assert abs(people["female"]) < 240 < truth["female"] and abs(people["male"] - truth["male"]) < 240, people
    assert lake.call("POST", "lake/private-counts", {**asked, "epsilon": 0.1})["left"] < 1e-9, "what was refused cost nothing"


PROOFS = {
    "counts what the server counts of a release": counts_what_the_server_counts,
    "goes the server's way, and enough rows are alike": coarser_is_enough,
    "pays for counts with noise": pays_for_noise,
}
