"""factory_boy without a database: users of five plain fields."""

from dataclasses import dataclass

from timing import USERS, report

import factory


@dataclass
class User:
    id: int
    username: str
    email: str
    name: str
    active: bool


class UserFactory(factory.Factory):
    class Meta:
        model = User

    id = factory.Sequence(lambda n: n + 1)
    username = factory.Sequence(lambda n: f"user{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.com")
    name = "A Name"
    active = True


report("memory", "factory_boy", lambda: UserFactory.build_batch(USERS))
