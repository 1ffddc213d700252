use serde_json::{Map, Value};

use crate::column::Column;
use crate::question::Row;

/// Rows as a list of objects. Where two columns have one name, the later is kept.
#[must_use]
pub fn json(columns: &[Column], rows: &[Row]) -> Value {
    let object = |row: &Row| -> Value {
        let named = columns.iter().zip(row).map(|(column, cell)| (column.name.clone(), cell.to_json()));
        Value::Object(named.collect::<Map<_, _>>())
    };
    rows.iter().map(object).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, Kind};

    #[test]
    fn a_row_is_an_object_and_what_is_no_number_is_null() {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind, about: None };
        let columns = [column("a", Kind::Number), column("b", Kind::Texts)];
        let texts = Cell::Texts(vec![Some("x".to_owned()), None]);
        let rows = [vec![Cell::Number(1.5), texts], vec![Cell::Number(f64::NAN), Cell::Null]];
        assert_eq!(json(&columns, &rows).to_string(), r#"[{"a":1.5,"b":["x",null]},{"a":null,"b":null}]"#);
    }
}
