//! Serves the blog: `cargo run -p blog_api -- --help`

use clap::Parser;
use std::error::Error;
use tokio::net::TcpListener;

/// A blog over HTTP.
#[derive(Debug, Parser)]
struct Options {
    /// Where the blog is kept: `sqlite:FILE?mode=rwc`, `sqlite::memory:`, or `postgres://..`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, default_value = "sqlite:blog.db?mode=rwc")]
    database: String,
    /// Where requests come in.
    #[arg(long, default_value = "127.0.0.1:3000")]
    listen: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Options { database, listen } = Options::parse();
    let db = blog_api::Db::connect(&database).await?;
    db.migrate().await?;
    let listener = TcpListener::bind(&listen).await?;
    println!("http://{}", listener.local_addr()?);
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    axum::serve(listener, blog_api::router(db)).with_graceful_shutdown(stop).await?;
    Ok(())
}
