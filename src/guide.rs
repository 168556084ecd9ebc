//! The pages of the guide, so that their samples are tests: `cargo test --doc guide`. Those that stand elsewhere in the
//! documentation, `attributes`, `seeding` and `stores`, are tests there, and those of `testing.md` in `tests/runners/`.

macro_rules! pages {
    ($($name:ident = $path:literal,)*) => {
        $(
            #[doc = include_str!(concat!("../docs/", $path))]
            mod $name {}
        )*
    };
}

pages! {
    readme = "README.md",
    first_factory = "first-factory.md",
    declarations_readme = "declarations/README.md",
    declarations_auto = "declarations/auto.md",
    declarations_value = "declarations/value.md",
    declarations_default = "declarations/default.md",
    declarations_sequence = "declarations/sequence.md",
    declarations_lazy = "declarations/lazy.md",
    declarations_format = "declarations/format.md",
    declarations_fake = "declarations/fake.md",
    declarations_cycle = "declarations/cycle.md",
    declarations_choice = "declarations/choice.md",
    declarations_weighted = "declarations/weighted.md",
    declarations_maybe = "declarations/maybe.md",
    declarations_list = "declarations/list.md",
    declarations_sub_factory = "declarations/sub_factory.md",
    models = "models.md",
    columns = "columns.md",
    param = "param.md",
    preset = "preset.md",
    hooks = "hooks.md",
    get_or_create = "get_or_create.md",
    relations = "relations.md",
    batches = "batches.md",
    sessions = "sessions.md",
    databases = "databases.md",
    databases_sqlx = "databases/sqlx.md",
    databases_diesel = "databases/diesel.md",
    databases_diesel_async = "databases/diesel-async.md",
    databases_sea_orm = "databases/sea-orm.md",
    databases_sqlite = "databases/sqlite.md",
    databases_postgres = "databases/postgres.md",
    databases_mysql = "databases/mysql.md",
    databases_memory = "databases/memory.md",
    errors_readme = "errors/README.md",
    errors_compile = "errors/compile.md",
    errors_types = "errors/types.md",
    errors_run = "errors/run.md",
    coming_from_readme = "coming-from/README.md",
    coming_from_factory_boy = "coming-from/factory_boy.md",
    coming_from_factory_bot = "coming-from/factory_bot.md",
    coming_from_laravel = "coming-from/laravel.md",
    coming_from_fake = "coming-from/fake.md",
    coming_from_builders = "coming-from/builders.md",
    design = "design.md",
    performance = "performance.md",
    editor = "editor.md",
    glossary = "glossary.md",
}
