use crate::run::call::{Call, Outcome, only, perhaps};
use crate::value::{Item, Moment, MomentKind, Plain};

pub(in crate::run) fn now<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    only(Plain::Moment(known(call)?))
}

pub(in crate::run) fn today<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    only(Plain::Moment(known(call)?.to_date()))
}

pub(in crate::run) fn time_of_day<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(known(call)?.to_time().map(Plain::Moment))
}

pub(in crate::run) fn date_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let dated = moment(call)?.filter(|moment| moment.kind != MomentKind::Time);
    perhaps(dated.map(|moment| Plain::Moment(moment.to_date())))
}

pub(in crate::run) fn time_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(moment(call)?.and_then(Moment::to_time).map(Plain::Moment))
}

macro_rules! fields {
    ($($name:ident $known:literal $field:literal;)*) => {$(
        pub(in crate::run) fn $name<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
            field(call, $known, $field)
        }
    )*};
}

fields! {
    year_of 1 0;
    month_of 2 1;
    day_of 3 2;
    hour_of 4 3;
    minute_of 5 4;
    second_of 6 5;
}

/// A field of a date or time, where it is that precise.
fn field<'a>(call: &Call<'_, 'a>, known: usize, field: usize) -> Outcome<'a> {
    let precise = moment(call)?
        .filter(|moment| moment.known >= known && (moment.kind != MomentKind::Time || known > 3));
    perhaps(precise.map(|moment| i64::from(moment.fields[field])))
}

pub(in crate::run) fn millisecond_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    perhaps(
        moment(call)?
            .filter(|moment| moment.known >= 7)
            .map(|moment| i64::from(moment.fields[6] / 1_000_000)),
    )
}

/// Hours east of Greenwich.
pub(in crate::run) fn timezone_offset_of<'a>(call: &Call<'_, 'a>) -> Outcome<'a> {
    let zone = moment(call)?.and_then(|moment| moment.zone);
    let hours = zone.map(|zone| rust_decimal::Decimal::from(zone) / rust_decimal::Decimal::from(60));
    perhaps(hours.map(Plain::Decimal))
}

fn known(call: &Call<'_, '_>) -> Result<Moment, crate::Problem> {
    call.run.now.ok_or_else(|| call.fails("the time is not known here; give it as the variable %now"))
}

fn moment(call: &Call<'_, '_>) -> Result<Option<Moment>, crate::Problem> {
    match call.one()?.map(|item: &Item<'_>| (item.plain(), item.type_name())) {
        None => Ok(None),
        Some((Some(Plain::Moment(moment)), _)) => Ok(Some(moment)),
        Some((_, name)) => Err(call.fails(format!("works on dates and times, not on {name}"))),
    }
}
