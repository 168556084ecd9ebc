use manufactory::{Factory, Memory};

#[derive(Clone, Factory)]
#[factory(tabel = "users", preset(admin: role = value("admin")))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(valeu("member"))]
    role: String,
    #[factory(sub_factroy(UserFactory, optional))]
    boss_id: Option<i64>,
    #[factory(lazy(|boss, role| boss.map_or(role.clone(), |boss| boss.role.clone())))]
    title: String,
}

#[derive(Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory, with = |author| author.admin().role("author")))]
    author_id: i64,
    #[factory(format("{author.role}"))]
    byline: String,
}

async fn uses(db: &mut Memory) -> manufactory::Result<()> {
    let boss = User::factory().role("boss").title("x").admin().build();
    let users = User::factory().boss(&boss).boss_with(|b| b.admin()).times(2).each(|_, u| u.boss_id(3)).create(&mut *db).await?;
    let user: User = User::factory().without_boss().boss(User::factory()).create(&mut *db).await?;
    let posts: Vec<Post> = Post::factory().author(&users[0]).author_with(|a| a.boss(&user)).create_batch(&mut *db, 2).await?;
    drop(posts);
    Ok(())
}

fn main() {}
