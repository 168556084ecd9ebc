//! The application as a test talks to it: requests go straight into the router, and no socket is opened.

use crate::{Database, Pool};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use blog_api::models::User;
use serde::Serialize;
use serde_json::Value;
use tower::ServiceExt;

/// A blog of a test's own, with nobody in it.
pub(crate) struct App {
    /// Where factories create.
    pub(crate) pool: Pool,
    router: Router,
    _database: Database,
}

impl App {
    pub(crate) async fn new() -> Self {
        let database = Database::new().await;
        let db = blog_api::Db::from(database.pool.clone());
        db.migrate().await.expect("the migrations run");
        Self { pool: database.pool.clone(), router: blog_api::router(db), _database: database }
    }

    /// A client that has signed in.
    pub(crate) fn as_user(&self, user: &User) -> Client {
        self.with_token(&user.token)
    }

    /// A client that says it is somebody.
    pub(crate) fn with_token(&self, token: &str) -> Client {
        Client { router: self.router.clone(), token: Some(token.to_owned()) }
    }

    /// A client that has not.
    pub(crate) fn as_nobody(&self) -> Client {
        Client { router: self.router.clone(), token: None }
    }
}

pub(crate) struct Client {
    router: Router,
    token: Option<String>,
}

impl Client {
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, Body::empty()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Response {
        self.send(Method::DELETE, path, Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: impl Serialize) -> Response {
        self.send(Method::POST, path, json(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, body: impl Serialize) -> Response {
        self.send(Method::PATCH, path, json(body)).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: Body) -> Response {
        let mut request = Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let answer = self.router.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer");
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.expect("a whole answer");
        let json = match bytes.as_ref() {
            [] => Value::Null,
            text => serde_json::from_slice(text)
                .unwrap_or_else(|_| panic!("{status} without JSON: {}", String::from_utf8_lossy(text))),
        };
        Response { status, json }
    }
}

fn json(body: impl Serialize) -> Body {
    Body::from(serde_json::to_vec(&body).expect("JSON"))
}

#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    /// `null`, where there is no body.
    pub(crate) json: Value,
}

impl Response {
    /// One field of each row of a page.
    pub(crate) fn each(&self, field: &str) -> Vec<&Value> {
        let rows = self.json["results"].as_array().unwrap_or_else(|| panic!("no page: {self:?}"));
        rows.iter().map(|row| &row[field]).collect()
    }
}
