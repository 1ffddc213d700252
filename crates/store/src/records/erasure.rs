use rusqlite::params;

use super::{PersonId, Records};
use crate::StoreError;

/// What is only about somebody goes with them; of what stays to be audited, what names them. Each statement has the person as its
/// parameter.
const GOES: [&str; 18] = [
    "DELETE FROM tokens WHERE person = ?1",
    "DELETE FROM sessions WHERE person = ?1",
    "DELETE FROM sign_in_links WHERE person = ?1",
    "DELETE FROM mentor_profiles WHERE person = ?1",
    "DELETE FROM mentee_profiles WHERE person = ?1",
    "DELETE FROM mentor_asks WHERE learner = ?1 OR mentor = ?1",
    "DELETE FROM mentor_sessions WHERE learner = ?1 OR mentor = ?1",
    "DELETE FROM sandbox_guests WHERE person = ?1",
    "DELETE FROM documents WHERE person = ?1",
    "DELETE FROM readiness_links WHERE person = ?1",
    "DELETE FROM particulars WHERE person = ?1",
    "DELETE FROM roster_people WHERE person = ?1",
    "DELETE FROM affiliations WHERE person = ?1",
    "DELETE FROM oidc_subjects WHERE person = ?1",
    "DELETE FROM match_couples WHERE one = ?1 OR other = ?1",
    "DELETE FROM wishes WHERE person = ?1",
    "DELETE FROM place_ranks WHERE person = ?1",
    "UPDATE credentials SET token = '' WHERE person = ?1",
];

impl Records {
    /// Takes away everything that is only about somebody, and gives the account another login and name and no way in. What was
    /// recorded of their work stays, under the account's id. All or nothing; done again, it changes nothing more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such person.
    pub fn person_erase(&self, id: &PersonId, login: &str, name: &str) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = "UPDATE people SET login = ?2, name = ?3, password_hash = NULL WHERE id = ?1";
            if transaction.prepare_cached(sql)?.execute(params![id, login, name])? == 0 {
                return Err(StoreError::NotFound { what: format!("person {id}") });
            }
            for sql in GOES {
                transaction.prepare_cached(sql)?.execute([id])?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::{Person, Role};

    /// What stays under an account without a name, since others are judged by it or it has to be kept; and hospitals, which go
    /// before, each with its files.
    const STAYS: [&str; 13] = [
        "apprenticeships",
        "assessment_sittings",
        "attempts",
        "drill_members",
        "drill_result_people",
        "drills",
        "enrolments",
        "grade_changes",
        "project_people",
        "projects",
        "sandboxes",
        "workshop_people",
        "workshops",
    ];

    fn records() -> (Records, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (Records::open(&folder.path().join("platform.sqlite")).unwrap(), folder)
    }

    #[test]
    fn every_table_about_people_is_erased_or_kept_on_purpose() {
        let (records, _folder) = records();
        let about_people: Vec<String> = records
            .connections
            .read(|db| {
                let sql =
                    "SELECT DISTINCT m.name FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS k
                           WHERE m.type = 'table' AND k.\"table\" = 'people' ORDER BY m.name";
                Ok(db.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
            })
            .unwrap();
        let named = |sql: &str| {
            let words: Vec<&str> = sql.split(' ').collect();
            words[if words[0] == "DELETE" { 2 } else { 1 }].to_owned()
        };
        let mut known: Vec<String> = GOES.map(named).to_vec();
        known.extend(STAYS.map(str::to_owned));
        known.sort();
        assert_eq!(about_people, known);
    }

    #[test]
    fn who_is_erased_has_no_name_and_no_way_in() {
        let (records, _folder) = records();
        let ana = Person {
            id: PersonId::from("p1"),
            login: "ana".to_owned(),
            name: "Ana Lund".to_owned(),
            role: Role::Learner,
            created_us: 0,
        };
        records.person_add(&ana, Some("hash")).unwrap();
        records.person_erase(&ana.id, "left-p1", "Somebody").unwrap();
        assert!(records.person_by_login("ana").unwrap().is_none());
        let (left, hash) = records.person_by_login("left-p1").unwrap().unwrap();
        assert_eq!((left.name.as_str(), hash), ("Somebody", None));
        assert!(records.person_erase(&PersonId::from("p2"), "left-p2", "Somebody").is_err());
    }
}
