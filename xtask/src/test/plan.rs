use crate::test::step::Step;
use crate::test::{browser, cargo, clients, fuzz, web};

/// Every step, in the order they run: what fails fastest first.
pub(crate) const PLAN: &[Step] = &[
    Step { name: "format", title: "Formatting", needs: &[], run: cargo::format },
    Step { name: "tidy", title: "Shape of the repository", needs: &[], run: cargo::tidy },
    Step { name: "types", title: "Types of the browser code", needs: &[], run: web::types },
    Step { name: "islands", title: "Tests of the browser code", needs: &[], run: web::islands },
    Step { name: "build", title: "Build of program and tests", needs: &[], run: cargo::build },
    Step { name: "tests", title: "Unit and integration tests", needs: &["build"], run: cargo::tests },
    Step {
        name: "examples",
        title: "Examples in the documentation",
        needs: &["build"],
        run: cargo::examples,
    },
    Step {
        name: "content",
        title: "Proof of every lab, drill and workshop",
        needs: &["build"],
        run: cargo::content,
    },
    Step { name: "crash", title: "Killed while writing", needs: &["build"], run: clients::crash },
    Step { name: "python", title: "Clients in Python", needs: &["build"], run: clients::python },
    Step { name: "node", title: "Clients in Node", needs: &["build"], run: clients::node },
    Step { name: "imaging", title: "Imaging clients and archives", needs: &["build"], run: clients::imaging },
    Step {
        name: "kits",
        title: "Test kits against servers by others",
        needs: &["build"],
        run: clients::kits,
    },
    Step {
        name: "lake",
        title: "The data lake by psql, pandas and DuckDB",
        needs: &["build"],
        run: clients::lake,
    },
    Step { name: "models", title: "Models beside scikit-learn", needs: &["build"], run: clients::models },
    Step { name: "routes", title: "Every route under odd requests", needs: &["build"], run: clients::routes },
    Step {
        name: "browser",
        title: "Walk through the labs in a browser",
        needs: &["build"],
        run: browser::walk,
    },
    Step { name: "fuzz", title: "Fuzz targets, some seconds each", needs: &[], run: fuzz::run },
    Step { name: "lint", title: "Lints, warnings as errors", needs: &[], run: cargo::lint },
];
