use std::sync::Arc;

use async_trait::async_trait;
use pgwire::api::portal::{Format, Portal};
use pgwire::api::query::{ExtendedQueryHandler, SimpleQueryHandler};
use pgwire::api::results::{
    DescribePortalResponse, DescribeStatementResponse, FieldInfo, QueryResponse, Response, Tag,
};
use pgwire::api::stmt::{NoopQueryParser, StoredStatement};
use pgwire::api::{ClientInfo, Type};
use pgwire::error::PgWireResult;
use platform::lake::{Asked, Asking, Body, Cell, Column, Door, Form, Kind, Limits};

use super::backend::Backend;
use super::parameters::values;
use super::refusal::{error, refused};
use super::rows::{fields, sent};
use super::settings::{Aside, aside, setting};

impl Backend {
    async fn answer(
        &self,
        sql: &str,
        values: Vec<Option<String>>,
        format: &Format,
    ) -> PgWireResult<Response> {
        match aside(sql) {
            Some(aside) => self.say(aside).await,
            None => Ok(Response::Query(self.ask(sql, values, format).await?)),
        }
    }

    async fn say(&self, said: Aside) -> PgWireResult<Response> {
        Ok(match said {
            Aside::Begin => Response::TransactionStart(Tag::new("BEGIN")),
            Aside::End(word) => Response::TransactionEnd(Tag::new(word)),
            Aside::Nothing(word) => Response::Execution(Tag::new(word)),
            Aside::Set(name, value) => {
                if name == "purpose" {
                    self.session.choose(&value).await?;
                }
                Response::Execution(Tag::new("SET"))
            }
            Aside::Show(name) => {
                let value = self.shown(&name).await?;
                let columns = [column(&name)];
                Response::Query(sent(&columns, &[vec![Cell::Text(value)]], &Format::UnifiedText))
            }
        })
    }

    async fn shown(&self, name: &str) -> PgWireResult<String> {
        if name == "purpose" || name == "practicum.purpose" {
            let said = self.session.purpose();
            let right =
                self.session.run(move |platform, access| platform.lake_right(access, said.as_deref()));
            return Ok(right.await?.purpose);
        }
        let unknown = || error("42704", format!("there is no setting '{name}'; purpose is one"));
        setting(name).map(str::to_owned).ok_or_else(unknown)
    }

    async fn ask(
        &self,
        sql: &str,
        values: Vec<Option<String>>,
        format: &Format,
    ) -> PgWireResult<QueryResponse> {
        let (asked, purpose) = (sql.to_owned(), self.session.purpose());
        let told = self.session.run(move |platform, access| {
            Ok(platform.ask_lake(access, &asking(&asked, &values, purpose.as_deref())))
        });
        let told = told.await?.map_err(|error| refused(&error, Some(sql)))?;
        let answer = told.answer;
        let Body::Cells(rows) = &answer.body else {
            return Err(error("XX000", "the answer came in another form than it was asked for"));
        };
        if answer.more {
            let what =
                format!("the answer has more than {} rows; ask for fewer, or sum them up", answer.rows);
            return Err(error("54000", what));
        }
        Ok(sent(&answer.columns, rows, format))
    }

    async fn described(&self, sql: &str) -> PgWireResult<Asked> {
        match aside(sql) {
            Some(Aside::Show(name)) => Ok(Asked { columns: vec![column(&name)], values: 0 }),
            Some(_) => Ok(Asked { columns: Vec::new(), values: 0 }),
            None => {
                let (asked, purpose) = (sql.to_owned(), self.session.purpose());
                let told = self.session.run(move |platform, access| {
                    Ok(platform.describe_lake(access, &asking(&asked, &[], purpose.as_deref())))
                });
                told.await?.map_err(|error| refused(&error, Some(sql)))
            }
        }
    }
}

fn asking<'a>(sql: &'a str, values: &'a [Option<String>], purpose: Option<&'a str>) -> Asking<'a> {
    let (form, limits, door) = (Form::Cells, Limits::FETCH, Door::Postgres);
    Asking { sql, values, purpose, snapshot: None, form, limits, door }
}

fn column(name: &str) -> Column {
    Column { name: name.to_owned(), kind: Kind::Text, about: None }
}

#[async_trait]
impl SimpleQueryHandler for Backend {
    async fn do_query<C>(&self, _: &mut C, sql: &str) -> PgWireResult<Vec<Response>>
    where
        C: ClientInfo + Unpin + Send + Sync,
    {
        Ok(vec![self.answer(sql, Vec::new(), &Format::UnifiedText).await?])
    }
}

#[async_trait]
impl ExtendedQueryHandler for Backend {
    type Statement = String;
    type QueryParser = NoopQueryParser;

    fn query_parser(&self) -> Arc<Self::QueryParser> {
        Arc::clone(&self.parser)
    }

    async fn do_query<C>(&self, _: &mut C, portal: &Portal<String>, _: usize) -> PgWireResult<Response>
    where
        C: ClientInfo + Unpin + Send + Sync,
    {
        self.answer(&portal.statement.statement, values(portal)?, &portal.result_column_format).await
    }

    async fn do_describe_statement<C>(
        &self,
        _: &mut C,
        statement: &StoredStatement<String>,
    ) -> PgWireResult<DescribeStatementResponse>
    where
        C: ClientInfo + Unpin + Send + Sync,
    {
        let asked = self.described(&statement.statement).await?;
        let said = |at: usize| statement.parameter_types.get(at).cloned().flatten().unwrap_or(Type::TEXT);
        let types = (0..asked.values.max(statement.parameter_types.len())).map(said).collect();
        Ok(DescribeStatementResponse::new(types, plain(&asked)))
    }

    async fn do_describe_portal<C>(
        &self,
        _: &mut C,
        portal: &Portal<String>,
    ) -> PgWireResult<DescribePortalResponse>
    where
        C: ClientInfo + Unpin + Send + Sync,
    {
        let asked = self.described(&portal.statement.statement).await?;
        Ok(DescribePortalResponse::new(fields(&asked.columns, &portal.result_column_format)))
    }
}

fn plain(asked: &Asked) -> Vec<FieldInfo> {
    fields(&asked.columns, &Format::UnifiedText)
}
