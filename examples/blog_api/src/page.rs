//! Lists come in pages: how many rows there are, some of them, and where the others are.

use crate::Error;
use axum::http::Uri;
use serde::{Deserialize, Serialize};

/// Which page a request asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Paging {
    #[serde(default = "first")]
    page: i64,
    #[serde(default = "usual")]
    page_size: i64,
}

fn first() -> i64 {
    1
}

fn usual() -> i64 {
    20
}

impl Paging {
    /// What the query says, if it makes sense.
    pub(crate) fn checked(self) -> Result<Self, Error> {
        match self {
            Self { page: 1..=1_000_000, page_size: 1..=100 } => Ok(self),
            _ => Err(Error::Query("page is 1 or more, and page_size between 1 and 100".into())),
        }
    }

    pub(crate) fn limit(&self) -> i64 {
        self.page_size
    }

    pub(crate) fn offset(&self) -> i64 {
        (self.page - 1) * self.page_size
    }

    /// The page, with the addresses of its neighbours. One beyond the last is not there.
    pub(crate) fn of<T>(&self, uri: &Uri, count: i64, results: Vec<T>) -> Result<Page<T>, Error> {
        if self.page > 1 && results.is_empty() {
            return Err(Error::NotFound);
        }
        let has_next = self.offset() + self.page_size < count;
        Ok(Page {
            count,
            next: has_next.then(|| address(uri, self.page + 1)),
            previous: (self.page > 1).then(|| address(uri, self.page - 1)),
            results,
        })
    }
}

/// The envelope.
#[derive(Debug, Serialize)]
pub(crate) struct Page<T> {
    count: i64,
    next: Option<String>,
    previous: Option<String>,
    results: Vec<T>,
}

/// The same query, of another page.
fn address(uri: &Uri, page: i64) -> String {
    let page = format!("page={page}");
    let others =
        uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("page="));
    let query: Vec<&str> = others.chain([&*page]).collect();
    format!("{}?{}", uri.path(), query.join("&"))
}
