//! What goes over the wire: a connection through here is passed on to its server, and every statement on it is noted. Knows
//! the messages of both servers, and no library.

use crate::servers::Database;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::{io, thread};

/// What was said to a server, in the order in which it was sent.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    said: Arc<Mutex<Vec<String>>>,
    url: String,
}

/// The statement that ends what is counted.
pub(super) const END: &str = "select 'the end'";

impl Wire {
    /// To a database on a Postgres.
    pub(super) fn to_postgres(database: &Database) -> Self {
        Self::to(database, postgres, 5432)
    }

    /// To a database on a MySQL or MariaDB.
    pub(super) fn to_mysql(database: &Database) -> Self {
        Self::to(database, mysql, 3306)
    }

    /// What a library connects with.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// What was said since the last time: texts, and `run` for a prepared statement. [`END`] has to be the last of it.
    pub(super) fn said(&self) -> Vec<String> {
        let mut said = std::mem::take(&mut *self.said.lock().unwrap());
        assert_eq!(said.pop().as_deref(), Some(END));
        said
    }

    fn to(database: &Database, next: Next, port: u16) -> Self {
        let (before, rest) = database.url().split_once('@').unwrap();
        let (authority, name) = rest.split_once('/').unwrap();
        let server = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:{port}") };
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{before}@{}/{name}", listener.local_addr().unwrap());
        let said = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&said);
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(&server).unwrap());
                let (mut answers, mut back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
                for stream in [&client, &server] {
                    stream.set_nodelay(true).unwrap();
                }
                thread::spawn(move || io::copy(&mut answers, &mut back));
                let notes = Arc::clone(&notes);
                thread::spawn(move || pass(client, server, next, &notes));
            }
        });
        Self { said, url }
    }
}

/// The length of the first message among these bytes, and what it says; whether it is the first of the connection is known
/// from `is_new`, which it may end.
type Next = fn(bytes: &[u8], is_new: &mut bool) -> Option<(usize, Option<String>)>;

fn pass(mut client: TcpStream, mut server: TcpStream, next: Next, notes: &Mutex<Vec<String>>) {
    let (mut unread, mut chunk, mut is_new) = (Vec::new(), vec![0; 1 << 16], true);
    while let Ok(len @ 1..) = client.read(&mut chunk) {
        unread.extend_from_slice(&chunk[..len]);
        while let Some((len, said)) = next(&unread, &mut is_new) {
            unread.drain(..len);
            notes.lock().unwrap().extend(said);
        }
        // Noted before it can be answered.
        if server.write_all(&chunk[..len]).is_err() {
            break;
        }
    }
    let _ = server.shutdown(std::net::Shutdown::Both);
}

/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>
fn postgres(bytes: &[u8], is_new: &mut bool) -> Option<(usize, Option<String>)> {
    const REQUESTS: [u32; 2] = [80_877_103, 80_877_104];
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().unwrap()));
    if *is_new {
        let (len, code) = (number(0)? as usize, number(4)?);
        *is_new = bytes.len() < len || REQUESTS.contains(&code);
        return (bytes.len() >= len).then_some((len, None));
    }
    let len = 1 + number(1)? as usize;
    let message = bytes.get(..len)?;
    let said = match message[0] {
        b'Q' => Some(String::from_utf8_lossy(&message[5..len - 1]).to_lowercase()),
        b'E' => Some("run".to_owned()),
        _ => None,
    };
    Some((len, said))
}

/// <https://mariadb.com/kb/en/0-packet/>
fn mysql(bytes: &[u8], _: &mut bool) -> Option<(usize, Option<String>)> {
    let len = bytes.get(..3)?.iter().rev().fold(0, |len, byte| len << 8 | usize::from(*byte)) + 4;
    let message = bytes.get(..len)?;
    // What is no answer begins anew to count its packets.
    let said = match (message[3], message.get(4)) {
        (0, Some(3)) => Some(String::from_utf8_lossy(&message[5..]).to_lowercase()),
        (0, Some(23)) => Some("run".to_owned()),
        _ => None,
    };
    Some((len, said))
}
