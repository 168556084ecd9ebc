//! What goes over the wire: a connection through here is passed on to its server, every statement on it is noted, and one
//! of them can be met by a fault. Knows the messages of both servers, and no library.

use crate::servers::Database;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::{env, thread};

/// A way to a server. What was said on it is kept in the order in which it was sent.
#[derive(Clone)]
pub(crate) struct Wire {
    state: Arc<Mutex<State>>,
    url: String,
}

#[derive(Default)]
struct State {
    said: Vec<String>,
    fault: Option<(usize, Fault)>,
    met: Option<String>,
}

/// What happens to a statement.
pub(crate) enum Fault {
    /// It is not passed on, and the connection is cut.
    CutBefore,
    /// It is passed on and carried out, and the connection is cut instead of the answer.
    CutDuring,
    /// Its answer is passed on, and then the connection is cut.
    CutAfter,
    /// This is done, and then it is passed on.
    Do(Box<dyn FnOnce() + Send>),
}

/// The statement that ends what is counted.
pub(crate) const END: &str = "select 'the end'";

impl Wire {
    /// To a database on a Postgres.
    pub(crate) fn to_postgres(database: &Database) -> Self {
        Self::to(
            database.url(),
            Server { port: 5432, sockets: "MANUFACTORY_POSTGRES_SOCKET", next: postgres, is_over: is_ready },
        )
    }

    /// To a database on a MySQL or MariaDB.
    pub(crate) fn to_mysql(database: &Database) -> Self {
        // A short answer is written at once.
        Self::to(database.url(), Server { port: 3306, sockets: "", next: mysql, is_over: |_| true })
    }

    /// What a library connects with.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What was said since the last time: texts, and `run` for a prepared statement. [`END`] has to be the last of it.
    pub(crate) fn said(&self) -> Vec<String> {
        let mut said = std::mem::take(&mut self.state.lock().unwrap().said);
        assert_eq!(said.pop().as_deref(), Some(END));
        said
    }

    /// Lets the statement that comes after so many others meet a fault, on whatever connection.
    pub(crate) fn meet(&self, after: usize, fault: Fault) {
        let mut state = self.state.lock().unwrap();
        (state.fault, state.met) = (Some((after, fault)), None);
    }

    /// The statement that has met the fault. From now on there is none.
    pub(crate) fn met(&self) -> Option<String> {
        let mut state = self.state.lock().unwrap();
        state.fault = None;
        state.met.take()
    }

    fn to(url: &str, server: Server) -> Self {
        let (before, rest) = url.split_once('@').unwrap();
        let (authority, name) = rest.split_once('/').unwrap();
        let address =
            if authority.contains(':') { authority.to_owned() } else { format!("{authority}:{}", server.port) };
        let port = address.rsplit_once(':').unwrap().1;
        // No password is asked for on it: to check one takes longer than all that the tests say.
        let socket = env::var(server.sockets).map(|folder| PathBuf::from(folder).join(format!(".s.PGSQL.{port}")));
        let socket = socket.ok().filter(|socket| socket.exists());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("{before}@{}/{name}", listener.local_addr().unwrap());
        let state = Arc::default();
        let wire = Self { state: Arc::clone(&state), url };
        thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.unwrap();
                // Nobody answers where the server is gone.
                let Ok(back) = Back::to(&address, socket.as_ref()) else { continue };
                client.set_nodelay(true).unwrap();
                let line = Arc::new(Line { client, back, server, is_cut: AtomicU8::new(WHOLE) });
                let (answers, state) = (Arc::clone(&line), Arc::clone(&state));
                thread::spawn(move || answers.answers());
                thread::spawn(move || line.questions(&state));
            }
        });
        wire
    }
}

/// One connection.
struct Line {
    client: TcpStream,
    back: Back,
    server: Server,
    is_cut: AtomicU8,
}

/// The way from here to the server.
enum Back {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl Back {
    fn to(address: &str, socket: Option<&PathBuf>) -> io::Result<Self> {
        if let Some(socket) = socket {
            return UnixStream::connect(socket).map(Self::Unix);
        }
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self::Tcp(stream))
    }

    fn read(&self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Tcp(stream) => (&mut &*stream).read(bytes),
            Self::Unix(stream) => (&mut &*stream).read(bytes),
        }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => (&mut &*stream).write_all(bytes),
            Self::Unix(stream) => (&mut &*stream).write_all(bytes),
        }
    }

    fn shut(&self) {
        // It may be shut already.
        let _ = match self {
            Self::Tcp(stream) => stream.shutdown(Shutdown::Both),
            Self::Unix(stream) => stream.shutdown(Shutdown::Both),
        };
    }
}

/// What a server is like.
#[derive(Clone, Copy)]
struct Server {
    port: u16,
    /// What names the folder of its sockets.
    sockets: &'static str,
    next: Next,
    /// Whether an answer is complete.
    is_over: fn(&[u8]) -> bool,
}

const WHOLE: u8 = 0;
const BEFORE_THE_ANSWER: u8 = 1;
const BEHIND_THE_ANSWER: u8 = 2;

impl Line {
    /// From the client to the server.
    fn questions(&self, state: &Mutex<State>) {
        let (mut unread, mut held, mut chunk, mut is_new) = (Vec::new(), Vec::new(), vec![0; 1 << 16], true);
        while let Ok(len @ 1..) = (&self.client).read(&mut chunk) {
            unread.extend_from_slice(&chunk[..len]);
            while let Some(message) = (self.server.next)(&unread, &mut is_new) {
                held.extend(unread.drain(..message.len));
                // Noted before it can be answered.
                match note(message.said, message.waits, state) {
                    Some(Fault::CutBefore) => return self.cut(),
                    Some(Fault::CutDuring) => self.is_cut.store(BEFORE_THE_ANSWER, SeqCst),
                    Some(Fault::CutAfter) => self.is_cut.store(BEHIND_THE_ANSWER, SeqCst),
                    Some(Fault::Do(what)) => what(),
                    None if message.goes_on => continue,
                    None => {}
                }
                if self.back.write(&std::mem::take(&mut held)).is_err() {
                    return self.cut();
                }
            }
        }
        self.back.shut();
    }

    /// From the server to the client.
    fn answers(&self) {
        let (mut chunk, mut answer) = (vec![0; 1 << 16], Vec::new());
        while let Ok(len @ 1..) = self.back.read(&mut chunk) {
            let is_cut = self.is_cut.load(SeqCst);
            if is_cut != BEFORE_THE_ANSWER && (&self.client).write_all(&chunk[..len]).is_err() {
                break;
            }
            if is_cut != WHOLE {
                answer.extend_from_slice(&chunk[..len]);
                if (self.server.is_over)(&answer) {
                    self.cut();
                }
            }
        }
        let _ = self.client.shutdown(Shutdown::Both);
    }

    fn cut(&self) {
        let _ = self.client.shutdown(Shutdown::Both);
        self.back.shut();
    }
}

/// Notes what is said, and gives the fault that it meets.
fn note(said: Option<String>, waits: bool, state: &Mutex<State>) -> Option<Fault> {
    let mut state = state.lock().unwrap();
    state.said.extend(said);
    match &mut state.fault {
        Some((after @ 1.., _)) if waits => {
            *after -= 1;
            None
        }
        Some(_) if waits => {
            state.met = Some(state.said.last().cloned().unwrap_or_default());
            state.fault.take().map(|(_, fault)| fault)
        }
        _ => None,
    }
}

/// The first message among some bytes.
struct Message {
    len: usize,
    /// What it says, if it is a statement that is carried out.
    said: Option<String>,
    /// Whether the client waits for its answer.
    waits: bool,
    /// Whether it is only a part of what is asked.
    goes_on: bool,
}

/// Finds it; whether it is the first of the connection is known from `is_new`, which it may end.
type Next = fn(bytes: &[u8], is_new: &mut bool) -> Option<Message>;

/// <https://www.postgresql.org/docs/current/protocol-message-formats.html>
fn postgres(bytes: &[u8], is_new: &mut bool) -> Option<Message> {
    const REQUESTS: [u32; 2] = [80_877_103, 80_877_104];
    let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().unwrap()));
    if *is_new {
        let (len, code) = (number(0)? as usize, number(4)?);
        *is_new = bytes.len() < len || REQUESTS.contains(&code);
        return (bytes.len() >= len).then_some(Message { len, said: None, waits: false, goes_on: false });
    }
    let len = 1 + number(1)? as usize;
    let message = bytes.get(..len)?;
    let said = match message[0] {
        b'Q' => Some(String::from_utf8_lossy(&message[5..len - 1]).to_lowercase()),
        b'E' => Some("run".to_owned()),
        _ => None,
    };
    Some(Message { len, said, waits: matches!(message[0], b'Q' | b'S'), goes_on: b"PBDEC".contains(&message[0]) })
}

/// Each answer ends by saying that it is ready for the next question.
fn is_ready(answer: &[u8]) -> bool {
    answer.last_chunk().is_some_and(|[z, len @ .., _]: &[u8; 6]| *z == b'Z' && *len == [0, 0, 0, 5])
}

/// <https://mariadb.com/kb/en/0-packet/>
fn mysql(bytes: &[u8], _: &mut bool) -> Option<Message> {
    let len = bytes.get(..3)?.iter().rev().fold(0, |len, byte| len << 8 | usize::from(*byte)) + 4;
    let message = bytes.get(..len)?;
    // What is no answer begins anew to count its packets.
    let said = match (message[3], message.get(4)) {
        (0, Some(3)) => Some(String::from_utf8_lossy(&message[5..]).to_lowercase()),
        (0, Some(23)) => Some("run".to_owned()),
        _ => None,
    };
    // A word of farewell has no answer, nor have the parts of a long value, or that a statement is let go.
    let waits = message[3] == 0 && !matches!(message.get(4), Some(1 | 24 | 25));
    Some(Message { len, said, waits, goes_on: false })
}
