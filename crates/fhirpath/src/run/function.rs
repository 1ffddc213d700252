use super::call::{Call, Outcome};
use super::functions::{
    boundary, codec, convert, fhir, filter, keys, logic, number, order, select, sets, text, time, types,
};

/// A function of the language.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// The least number of parameters.
    pub(crate) least: usize,
    /// The greatest number of parameters.
    pub(crate) most: usize,
    pub(crate) run: for<'c, 'a> fn(&Call<'c, 'a>) -> Outcome<'a>,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

/// One row for each function, sorted by name.
macro_rules! functions {
    ($($name:literal $least:literal $most:literal $run:path;)*) => {
        &[$(Function { name: $name, least: $least, most: $most, run: $run }),*]
    };
}

#[rustfmt::skip]
static FUNCTIONS: &[Function] = functions![
    "abs" 0 0 number::abs;
    "aggregate" 1 2 select::aggregate;
    "all" 1 1 logic::all;
    "allFalse" 0 0 logic::all_false;
    "allTrue" 0 0 logic::all_true;
    "anyFalse" 0 0 logic::any_false;
    "anyTrue" 0 0 logic::any_true;
    "as" 1 1 types::as_function;
    "avg" 0 0 number::avg;
    "ceiling" 0 0 number::ceiling;
    "children" 0 0 select::children;
    "coalesce" 1 64 logic::coalesce;
    "combine" 1 2 sets::combine;
    "comparable" 1 1 number::comparable;
    "conformsTo" 1 1 fhir::conforms_to;
    "contains" 1 1 text::contains;
    "convertsToBoolean" 0 0 convert::converts_to_boolean;
    "convertsToDate" 0 1 convert::converts_to_date;
    "convertsToDateTime" 0 1 convert::converts_to_date_time;
    "convertsToDecimal" 0 0 convert::converts_to_decimal;
    "convertsToInteger" 0 0 convert::converts_to_integer;
    "convertsToLong" 0 0 convert::converts_to_integer;
    "convertsToQuantity" 0 1 convert::converts_to_quantity;
    "convertsToString" 0 0 convert::converts_to_string;
    "convertsToTime" 0 1 convert::converts_to_time;
    "count" 0 0 filter::count;
    "dateOf" 0 0 time::date_of;
    "dayOf" 0 0 time::day_of;
    "decode" 1 1 codec::decode;
    "defineVariable" 1 2 select::define_variable;
    "descendants" 0 0 select::descendants;
    "distinct" 0 0 sets::distinct;
    "empty" 0 0 filter::empty;
    "encode" 1 1 codec::encode;
    "endsWith" 1 1 text::ends_with;
    "escape" 1 1 codec::escape;
    "exclude" 1 1 sets::exclude;
    "exists" 0 1 filter::exists;
    "exp" 0 0 number::exp;
    "extension" 1 1 fhir::extension;
    "first" 0 0 filter::first;
    "floor" 0 0 number::floor;
    "getReferenceKey" 0 1 keys::reference_key;
    "getResourceKey" 0 0 keys::resource_key;
    "getValue" 0 0 fhir::get_value;
    "hasValue" 0 0 fhir::has_value;
    "highBoundary" 0 1 boundary::high;
    "hourOf" 0 0 time::hour_of;
    "iif" 2 3 logic::iif;
    "indexOf" 1 1 text::index_of;
    "intersect" 1 1 sets::intersect;
    "is" 1 1 types::is_function;
    "isDistinct" 0 0 sets::is_distinct;
    "join" 0 1 text::join;
    "last" 0 0 filter::last;
    "lastIndexOf" 1 1 text::last_index_of;
    "length" 0 0 text::length;
    "ln" 0 0 number::ln;
    "log" 1 1 number::log;
    "lowBoundary" 0 1 boundary::low;
    "lower" 0 0 text::lower;
    "matches" 1 2 text::matches;
    "matchesFull" 1 2 text::matches_full;
    "max" 0 0 order::max;
    "millisecondOf" 0 0 time::millisecond_of;
    "min" 0 0 order::min;
    "minuteOf" 0 0 time::minute_of;
    "monthOf" 0 0 time::month_of;
    "not" 0 0 logic::not;
    "now" 0 0 time::now;
    "ofType" 1 1 types::of_type_function;
    "power" 1 1 number::power;
    "precision" 0 0 boundary::precision;
    "repeat" 1 1 select::repeat;
    "repeatAll" 1 1 select::repeat_all;
    "replace" 2 2 text::replace;
    "replaceMatches" 2 3 text::replace_matches;
    "resolve" 0 0 fhir::resolve;
    "round" 0 1 number::round;
    "secondOf" 0 0 time::second_of;
    "select" 1 1 select::select;
    "single" 0 0 filter::single;
    "skip" 1 1 filter::skip;
    "sort" 0 8 order::sort;
    "split" 1 1 text::split;
    "sqrt" 0 0 number::sqrt;
    "startsWith" 1 1 text::starts_with;
    "subsetOf" 1 1 sets::subset_of;
    "substring" 1 2 text::substring;
    "sum" 0 0 number::sum;
    "supersetOf" 1 1 sets::superset_of;
    "tail" 0 0 filter::tail;
    "take" 1 1 filter::take;
    "timeOf" 0 0 time::time_of;
    "timeOfDay" 0 0 time::time_of_day;
    "timezoneOffsetOf" 0 0 time::timezone_offset_of;
    "toBoolean" 0 0 convert::to_boolean;
    "toChars" 0 0 text::to_chars;
    "toDate" 0 1 convert::to_date;
    "toDateTime" 0 1 convert::to_date_time;
    "toDecimal" 0 0 convert::to_decimal;
    "toInteger" 0 0 convert::to_integer;
    "toLong" 0 0 convert::to_integer;
    "toQuantity" 0 1 convert::to_quantity;
    "toString" 0 0 convert::to_string;
    "toTime" 0 1 convert::to_time;
    "today" 0 0 time::today;
    "trace" 1 2 fhir::trace;
    "trim" 0 0 text::trim;
    "truncate" 0 0 number::truncate;
    "type" 0 0 types::type_function;
    "unescape" 1 1 codec::unescape;
    "union" 1 1 sets::union;
    "upper" 0 0 text::upper;
    "where" 1 1 filter::where_function;
    "yearOf" 0 0 time::year_of;
];

impl Function {
    /// The function of a name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        let at = FUNCTIONS.binary_search_by(|function| function.name.cmp(name)).ok()?;
        FUNCTIONS.get(at)
    }

    /// How many parameters it takes, as a sentence.
    pub(crate) fn arity(&self) -> String {
        let Self { name, least, most, .. } = self;
        let plural = if *most == 1 { "" } else { "s" };
        match (least, most) {
            (0, 0) => format!("{name}() takes no parameter"),
            (least, most) if least == most => format!("{name}() takes {most} parameter{plural}"),
            (least, most) => format!("{name}() takes {least} to {most} parameters"),
        }
    }
}
