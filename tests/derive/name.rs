//! `name = UserFactory`: what the factory is called.

use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(name = Admins)]
struct Admin {
    #[factory(key)]
    id: i64,
    #[factory(value("admin"))]
    role: String,
}

type Users = Admins;

mod teams {
    use manufactory::Factory;

    #[derive(Debug, Factory)]
    #[factory(name = Matches)]
    pub(super) struct Match {
        #[factory(value("A"))]
        pub(super) home: String,
    }
}

#[derive(Debug, Factory)]
#[factory(preset(led: lead = sub_factory(self::Users)))]
struct Team {
    #[factory(sub_factory(Admins))]
    owner: Admin,
    #[factory(sub_factory(self::Users, optional, with = |lead| lead.id(9)))]
    lead_id: Option<i64>,
    #[factory(list(Admins, 2))]
    admins: Vec<Admin>,
    #[factory(maybe(1.0, sub_factory(teams::Matches)))]
    next: Option<teams::Match>,
}

#[test]
fn a_factory_may_be_called_anything() {
    assert_eq!(Admins::new().role("root").build().role, "root");
    let team = Team::factory().owner_with(|owner| owner.role("owner")).build();
    assert_eq!((team.owner.role.as_str(), team.admins.len(), team.lead_id), ("owner", 2, None));
    assert_eq!(team.next.unwrap().home, "A");
    assert_eq!(Team::factory().led().build().lead_id, Some(9));
}
