//! Addresses and networks, of Postgres' types and as text: sessions, rate limits and block lists, as in Rauthy, Omicron
//! and Lemmy's logins.

use super::databases::{pg_rows, postgres};
use ipnetwork::IpNetwork;
use manufactory::Factory;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Text in the table, for databases that have no such type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Peer(Ipv6Addr);

impl From<Peer> for String {
    fn from(peer: Peer) -> Self {
        peer.0.to_string()
    }
}

impl TryFrom<String> for Peer {
    type Error = std::net::AddrParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

#[derive(Debug, Factory)]
#[factory(table = "logins", on(sqlx, postgres))]
struct Login {
    #[factory(key)]
    id: i64,
    ip: IpAddr,
    #[factory(value(IpNetwork::new(Ipv4Addr::new(192, 168, 0, 0).into(), 16).unwrap()))]
    allowed: IpNetwork,
    last_ip: Option<IpAddr>,
    #[factory(as(String), lazy(|n| Peer(Ipv6Addr::from(u128::from(n) + 1))))]
    peer: Peer,
}

#[tokio::test]
async fn addresses_and_networks() {
    let (db, _database) = postgres(
        "create table logins (id bigserial primary key, ip inet not null, allowed cidr not null, last_ip inet, peer text not null)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let login = Login::factory().ip(IpAddr::from([192, 168, 1, 2])).create(&db).await.unwrap();
    assert_eq!(login.ip, Ipv4Addr::new(192, 168, 1, 2));
    let logins = Login::factory().last_ip(login.ip).create_batch(&db, 2).await.unwrap();
    assert_eq!((logins[1].peer, logins[1].last_ip), (Peer(Ipv6Addr::from(3)), Some(login.ip)));
    assert_eq!(pg_rows(&db, "select host(ip) from logins where ip << allowed").await, ["192.168.1.2"]);
    let found =
        pg_rows(&db, "select concat_ws(' ', host(ip), host(last_ip), peer) from logins where last_ip is not null")
            .await;
    assert_eq!(found, ["10.0.0.1 192.168.1.2 ::2", "10.0.0.2 192.168.1.2 ::3"]);
}
