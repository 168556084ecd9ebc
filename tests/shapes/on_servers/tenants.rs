//! A tenant in every table and in every foreign key: what belongs together cannot belong to two; as in hyperswitch and in
//! services for firms. One parent feeds both columns.

use super::databases::{pg_rows, postgres};
use manufactory::Factory;
use uuid::Uuid;

#[derive(Debug, Clone, Factory)]
#[factory(table = "tenants", on(sqlx, postgres))]
struct Tenant {
    #[factory(key)]
    id: Uuid,
    #[factory(format("tenant{n}"))]
    name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "customers", on(sqlx, postgres))]
struct Customer {
    #[factory(key, sub_factory(TenantFactory))]
    tenant_id: Uuid,
    #[factory(key, sequence)]
    id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "invoices", on(sqlx, postgres), param(customer = sub_factory(CustomerFactory)))]
struct Invoice {
    #[factory(key, lazy(|customer| customer.tenant_id))]
    tenant_id: Uuid,
    #[factory(key, sequence)]
    id: i64,
    #[factory(lazy(|customer| customer.id))]
    customer_id: i64,
}

#[derive(Debug, Factory)]
#[factory(table = "payments", on(sqlx, postgres), param(invoice = sub_factory(InvoiceFactory)))]
struct Payment {
    #[factory(key, lazy(|invoice| invoice.tenant_id))]
    tenant_id: Uuid,
    #[factory(key, sequence)]
    id: i64,
    #[factory(lazy(|invoice| invoice.customer_id))]
    customer_id: i64,
    #[factory(lazy(|invoice| Some(invoice.id)))]
    invoice_id: Option<i64>,
}

#[tokio::test]
async fn what_belongs_together_has_one_tenant() {
    let (db, _database) = postgres(
        "create table tenants (id uuid primary key default gen_random_uuid(), name text not null unique);
         create table customers (tenant_id uuid references tenants, id bigint, primary key (tenant_id, id));
         create table invoices (tenant_id uuid, id bigint, customer_id bigint not null, primary key (tenant_id, id),
                                foreign key (tenant_id, customer_id) references customers);
         create table payments (tenant_id uuid, id bigint, customer_id bigint not null, invoice_id bigint,
                                primary key (tenant_id, id),
                                foreign key (tenant_id, customer_id) references customers,
                                foreign key (tenant_id, invoice_id) references invoices)",
    )
    .await;
    Payment::factory().create_batch(&db, 2).await.unwrap();
    assert_eq!(pg_rows(&db, "select count(distinct tenant_id) || ' tenants' from payments").await, ["2 tenants"]);

    let tenant = Tenant::factory().name("acme").create(&db).await.unwrap();
    let payments = Payment::factory().recycle(&tenant).create_batch(&db, 3).await.unwrap();
    assert!(payments.iter().all(|payment| payment.tenant_id == tenant.id));
    let customer = Customer::factory().tenant(&tenant).create(&db).await.unwrap();
    Payment::factory().invoice_with(|invoice| invoice.customer(&customer)).create(&db).await.unwrap();
    let found = "select name || ' ' || count(distinct customer_id) || ' ' || count(*)
                 from payments join tenants on tenants.id = tenant_id where name = 'acme' group by name";
    assert_eq!(pg_rows(&db, found).await, ["acme 4 4"]);
}
