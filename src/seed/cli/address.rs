//! Where a database is, as its URL says: on which hosts, under which name, and how to speak of it without its password.
//! Opens nothing.

use super::environment::Environment;
use std::net::IpAddr;
use url::Url;

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) url: String,
    /// The database's name; of SQLite the file's.
    pub(super) name: String,
    /// The URL without user, password and parameters.
    pub(super) shown: String,
    /// All hosts, sockets and services that it may mean, or what stands where they should be.
    hosts: Vec<String>,
    secrets: Vec<String>,
}

impl Address {
    /// Reads a URL. What it leaves open comes from the environment, as the libraries of Postgres have it.
    pub(super) fn of(url: &str, environment: &Environment) -> Self {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let plain = url.split_once('?').map_or(url, |(plain, _)| plain);
        if scheme == "sqlite" {
            let path = plain.strip_prefix("sqlite:").unwrap_or(plain);
            let name = path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
            return Self { url: url.to_owned(), name, shown: plain.to_owned(), hosts: Vec::new(), secrets: Vec::new() };
        }
        match Url::parse(url) {
            Ok(parsed) => Self::parsed(url, &parsed, environment),
            // Nobody knows where that leads.
            Err(_) => {
                let name = plain.rsplit('/').next().unwrap_or_default();
                let name = if name.contains(['@', ':']) { "" } else { name };
                let (shown, hosts) = (format!("{scheme}://…/{name}"), vec!["its host".to_owned()]);
                let secrets = secret_of(plain).into_iter().collect();
                Self { url: url.to_owned(), name: decoded(name), shown, hosts, secrets }
            }
        }
    }

    fn parsed(url: &str, parsed: &Url, environment: &Environment) -> Self {
        let is_postgres = parsed.scheme().starts_with("postgres");
        let from_environment = |name: &str| environment.get(name).filter(|_| is_postgres).map(str::to_owned);
        let mut hosts: Vec<String> = parsed.host_str().map(decoded).into_iter().collect();
        let (mut name, mut secrets) = (decoded(parsed.path().trim_start_matches('/')), Vec::new());
        for (key, value) in parsed.query_pairs() {
            match &*key {
                "host" | "hostaddr" | "socket" | "service" => hosts.push(value.into_owned()),
                "dbname" => name = value.into_owned(),
                other if other.contains("password") => secrets.push(value.into_owned()),
                _ => {}
            }
        }
        if let Some(password) = parsed.password() {
            secrets.extend([password.to_owned(), decoded(password)]);
        }
        hosts.retain(|host| !host.is_empty());
        if hosts.is_empty() {
            hosts.extend(["PGHOST", "PGHOSTADDR", "PGSERVICE"].into_iter().filter_map(from_environment));
        }
        if name.is_empty() {
            let user = Some(decoded(parsed.username())).filter(|user| !user.is_empty());
            let found = from_environment("PGDATABASE").or(user).or_else(|| from_environment("PGUSER"));
            name = found.unwrap_or_else(|| parsed.scheme().to_owned());
        }
        let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
        let shown = format!("{}://{}{port}/{name}", parsed.scheme(), hosts.join(","));
        let hosts = hosts.iter().flat_map(|hosts| hosts.split(',')).map(str::to_owned).collect();
        Self { url: url.to_owned(), name, shown, hosts, secrets }
    }

    /// The hosts that are not this machine.
    pub(super) fn elsewhere(&self) -> impl Iterator<Item = &str> {
        self.hosts.iter().map(String::as_str).filter(|host| !is_here(host))
    }

    /// A text in which the password is not, whoever wrote it.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        let hidden = text.replace(&self.url, &self.shown);
        // Shorter ones are parts of words.
        let long = self.secrets.iter().filter(|secret| secret.chars().count() > 3);
        long.fold(hidden, |text, secret| text.replace(secret.as_str(), "***"))
    }
}

/// A host of this machine, or the path of a socket.
fn is_here(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = |address: IpAddr| match address {
        IpAddr::V6(address) => address.to_ipv4_mapped().map_or_else(|| address.is_loopback(), |v4| v4.is_loopback()),
        IpAddr::V4(address) => address.is_loopback(),
    };
    host.starts_with(['/', '@'])
        || bare.trim_end_matches('.').eq_ignore_ascii_case("localhost")
        || bare.parse().is_ok_and(is_loopback)
}

/// The password of a URL that cannot be read.
fn secret_of(url: &str) -> Option<String> {
    let (user, _) = url.split_once("://")?.1.rsplit_once('@')?;
    user.split_once(':').map(|(_, password)| password.to_owned())
}

/// Text in which `%2F` stands for `/`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten().and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
            None => (bytes.push(*first), rest = after),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(url: &str) -> Address {
        Address::of(url, &Environment::default())
    }

    #[test]
    fn what_is_on_this_machine() {
        for here in [
            "sqlite:dev.db",
            "sqlite::memory:",
            "sqlite:///var/lib/dev.db?mode=rwc",
            "postgres:///app",
            "postgres://localhost/app",
            "postgres://user:secret@LOCALHOST:5432/app",
            "mysql://root@127.0.0.1:3306/app",
            "mysql://root@127.1.2.3/app",
            "postgres://[::1]:5432/app",
            "postgres://[::ffff:127.0.0.1]/app",
            "postgres://%2Fvar%2Frun%2Fpostgresql/app",
            "postgres:///app?host=/var/run/postgresql",
            "mysql://localhost/app?socket=/tmp/mysql.sock",
        ] {
            assert_eq!(address(here).elsewhere().next(), None, "{here}");
        }
    }

    #[test]
    fn what_is_elsewhere() {
        for (elsewhere, host) in [
            ("postgres://db.example.com/app", "db.example.com"),
            ("postgres://db/app", "db"),
            ("mysql://10.0.0.3/app", "10.0.0.3"),
            ("mysql://0.0.0.0/app", "0.0.0.0"),
            ("postgres://[2001:db8::1]/app", "[2001:db8::1]"),
            ("postgres://localhost.example.com/app", "localhost.example.com"),
            ("postgres://localhost/app?host=db.example.com", "db.example.com"),
            ("postgres:///app?hostaddr=10.0.0.3", "10.0.0.3"),
            ("postgres://localhost,db.example.com/app", "db.example.com"),
            ("postgres:///app?service=live", "live"),
            ("postgres://a:1,b:2/app", "its host"),
            ("nonsense", "its host"),
        ] {
            assert_eq!(address(elsewhere).elsewhere().next(), Some(host), "{elsewhere}");
        }
    }

    #[test]
    fn what_a_url_leaves_open_comes_from_the_environment() {
        let environment = Environment::of([("PGHOST", "db.example.com"), ("PGDATABASE", "live")]);
        let open = Address::of("postgres://", &environment);
        assert_eq!((open.elsewhere().next(), &*open.name), (Some("db.example.com"), "live"));
        let said = Address::of("postgres://localhost/app", &environment);
        assert_eq!((said.elsewhere().next(), &*said.name), (None, "app"));
        assert_eq!(Address::of("mysql:///app", &environment).elsewhere().next(), None);
    }

    #[test]
    fn names() {
        let name = |url| address(url).name;
        assert_eq!(name("sqlite:///srv/dev.db?mode=rwc"), "dev.db");
        assert_eq!(name("sqlite:dev.db"), "dev.db");
        assert_eq!(name("sqlite::memory:"), ":memory:");
        assert_eq!(name("postgres://u:p@h/my%20app"), "my app");
        assert_eq!(name("postgres://alice@localhost"), "alice");
        assert_eq!(name("mysql://localhost"), "mysql");
    }

    #[test]
    fn a_password_is_shown_nowhere() {
        let url = "postgres://alice:s%40cret@h:5433/app?sslpassword=other&x=1";
        let address = address(url);
        assert_eq!(address.shown, "postgres://h:5433/app");
        assert_eq!(address.without_secrets(url), "postgres://h:5433/app");
        assert_eq!(address.without_secrets("`s@cret`, s%40cret or other"), "`***`, *** or ***");
        let odd = self::address("postgres://alice:secret@a:1,b:2/app");
        assert_eq!(odd.shown, "postgres://…/app");
        assert_eq!(odd.without_secrets("it was secret"), "it was ***");
        assert!(!self::address("postgres://alice:secret@a:1,b:2").shown.contains("secret"));
    }
}
